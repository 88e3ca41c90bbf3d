package chat.foyer.protocol;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.message.Message;
import chat.foyer.user.User;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.time.Instant;

/** What the server says on the rich wire, one record an event. Types are facts, in the past tense. */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "welcome", type = ServerFrame.Welcome.class),
            @JsonbSubtype(alias = "message.posted", type = ServerFrame.MessagePosted.class),
            @JsonbSubtype(alias = "failed", type = ServerFrame.Failed.class)
        })
public sealed interface ServerFrame {

    /**
     * The first event of a connection: from here on everything said in the room arrives.
     *
     * @param room the name of the room, normalised
     * @param you whom this connection acts as
     * @param limits what the server accepts
     */
    record Welcome(String room, User you, Limits limits) implements ServerFrame {}

    /**
     * The limits of a connection; one that is off is absent.
     *
     * @param frame bytes of a WebSocket message
     * @param message code points of a chat message
     * @param rate messages per second, on average
     * @param burst messages at once
     */
    record Limits(Long frame, Long message, Long rate, Long burst) {}

    /** Somebody said something; for the author it is also the answer to {@link ClientFrame.PostMessage}. */
    record MessagePosted(String id, String ref, User author, String body, Instant at) implements ServerFrame {
        public static MessagePosted of(Message message) {
            return new MessagePosted(message.id(), message.ref(), message.author(), message.body(), message.at());
        }
    }

    /**
     * Something the client asked for was not done.
     *
     * @param ref what it was, when the frame could be read that far
     * @param code the {@link chat.foyer.fault.Fault}, for programs
     * @param detail what to do about it, for people
     * @param retryAfter milliseconds to wait before the same frame can succeed; absent when waiting does not help
     */
    record Failed(String ref, String code, String detail, Long retryAfter) implements ServerFrame {
        public static Failed of(String ref, ChatException reason) {
            return new Failed(ref, reason.fault().code(), reason.getMessage(), null);
        }

        public static Failed tooFast(String ref, long waitMillis) {
            return new Failed(ref, Fault.RATE.code(), Fault.RATE.sentence(), waitMillis);
        }
    }
}
