package chat.foyer.protocol;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Scope;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import java.util.Optional;

/** What a client may say, one record a frame. Types are imperatives. */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "message.post", type = ClientFrame.PostMessage.class),
            @JsonbSubtype(alias = "message.edit", type = ClientFrame.EditMessage.class),
            @JsonbSubtype(alias = "message.delete", type = ClientFrame.DeleteMessage.class),
            @JsonbSubtype(alias = "backlog.fetch", type = ClientFrame.FetchBacklog.class),
            @JsonbSubtype(alias = "typing.start", type = ClientFrame.StartTyping.class),
            @JsonbSubtype(alias = "away.start", type = ClientFrame.StartAway.class),
            @JsonbSubtype(alias = "away.end", type = ClientFrame.EndAway.class),
            @JsonbSubtype(alias = "room.seen", type = ClientFrame.SeeRoom.class)
        })
public sealed interface ClientFrame
        permits ClientFrame.PostMessage,
                ClientFrame.EditMessage,
                ClientFrame.DeleteMessage,
                ClientFrame.FetchBacklog,
                ClientFrame.StartTyping,
                ClientFrame.StartAway,
                ClientFrame.EndAway,
                ClientFrame.SeeRoom,
                PlainFrame {

    /** Hands this frame to its method of the handler; a new kind of frame does not compile until it is handled. */
    void accept(Handler handler);

    /** What somebody must be allowed to do at least to send this frame. */
    default Scope needs() {
        return Scope.WRITE;
    }

    /** Under which ref its sender waits for an answer. */
    default Optional<String> awaited() {
        return Optional.empty();
    }

    /** What is done with each kind of frame. */
    interface Handler {
        void postMessage(PostMessage frame);

        void editMessage(EditMessage frame);

        void deleteMessage(DeleteMessage frame);

        void fetchBacklog(FetchBacklog frame);

        void startTyping(StartTyping frame);

        void startAway(StartAway frame);

        void endAway(EndAway frame);

        void seeRoom(SeeRoom frame);

        void plainMessage(PlainFrame frame);
    }

    /**
     * Says something in the room.
     *
     * @param ref the client's own name for the message, which its echo carries back
     * @param body the text
     * @param files the ids of files that were uploaded for it; may be left away
     */
    record PostMessage(String ref, String body, List<String> files) implements ClientFrame {
        public PostMessage {
            files = files == null ? List.of() : List.copyOf(files);
        }

        @Override
        public void accept(Handler handler) {
            handler.postMessage(this);
        }

        @Override
        public Optional<String> awaited() {
            return Optional.of(ref);
        }
    }

    /**
     * Gives a message of one's own another text.
     *
     * @param ref the client's own name for this change
     * @param message the id of the message
     * @param body the new text
     */
    record EditMessage(String ref, String message, String body) implements ClientFrame {
        @Override
        public void accept(Handler handler) {
            handler.editMessage(this);
        }

        @Override
        public Optional<String> awaited() {
            return Optional.of(ref);
        }
    }

    /**
     * Takes a message of one's own back.
     *
     * @param ref the client's own name for this change
     * @param message the id of the message
     */
    record DeleteMessage(String ref, String message) implements ClientFrame {
        @Override
        public void accept(Handler handler) {
            handler.deleteMessage(this);
        }

        @Override
        public Optional<String> awaited() {
            return Optional.of(ref);
        }
    }

    /**
     * Asks for a part of the history: what is before, after or around a place, or the latest.
     *
     * @param before a {@code seq}; absent for the latest
     * @param after a {@code seq}
     * @param around a {@code seq}; at most one of the three is there
     * @param limit at most so many messages
     */
    record FetchBacklog(Long before, Long after, Long around, Long limit) implements ClientFrame {
        @Override
        public void accept(Handler handler) {
            handler.fetchBacklog(this);
        }

        @Override
        public Scope needs() {
            return Scope.READ;
        }
    }

    /** Says that one is writing; to be repeated while one is. */
    record StartTyping() implements ClientFrame {
        @Override
        public void accept(Handler handler) {
            handler.startTyping(this);
        }
    }

    /** Says that nothing was touched for a while. */
    record StartAway() implements ClientFrame {
        @Override
        public void accept(Handler handler) {
            handler.startAway(this);
        }
    }

    /** Says that something is touched again. */
    record EndAway() implements ClientFrame {
        @Override
        public void accept(Handler handler) {
            handler.endAway(this);
        }
    }

    /**
     * Says up to where one has seen a room.
     *
     * @param room which room; empty on the socket of a room
     * @param seq the place of the last message seen
     * @param back whether the place may lie before the one that is known; may be left away
     */
    record SeeRoom(Optional<String> room, Long seq, Boolean back) implements ClientFrame {
        public SeeRoom {
            room = room == null ? Optional.empty() : room;
            back = back != null && back;
        }

        /** @throws ChatException when there is no such place */
        public long place() {
            if (seq == null || seq < 0) {
                throw new ChatException(Fault.MALFORMED, "This frame needs a \"seq\" of zero or more.");
            }
            return seq;
        }

        @Override
        public void accept(Handler handler) {
            handler.seeRoom(this);
        }
    }
}
