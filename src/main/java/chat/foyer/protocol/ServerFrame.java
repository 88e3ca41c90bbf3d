package chat.foyer.protocol;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.format.Formatting;
import chat.foyer.message.Attachment;
import chat.foyer.message.Message;
import chat.foyer.room.Note;
import chat.foyer.user.User;
import chat.foyer.words.Words;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.time.Instant;
import java.util.List;

/** What the server says on the rich wire, one record an event. Types are facts, in the past tense. */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "welcome", type = ServerFrame.Welcome.class),
            @JsonbSubtype(alias = "message.posted", type = ServerFrame.MessagePosted.class),
            @JsonbSubtype(alias = "message.edited", type = ServerFrame.MessageEdited.class),
            @JsonbSubtype(alias = "message.deleted", type = ServerFrame.MessageDeleted.class),
            @JsonbSubtype(alias = "room.noted", type = ServerFrame.RoomNoted.class),
            @JsonbSubtype(alias = "message.confirmed", type = ServerFrame.MessageConfirmed.class),
            @JsonbSubtype(alias = "backlog.page", type = ServerFrame.BacklogPage.class),
            @JsonbSubtype(alias = "resync", type = ServerFrame.Resync.class),
            @JsonbSubtype(alias = "presence.changed", type = ServerFrame.PresenceChanged.class),
            @JsonbSubtype(alias = "typing.started", type = ServerFrame.TypingStarted.class),
            @JsonbSubtype(alias = "rooms.listed", type = ServerFrame.RoomsListed.class),
            @JsonbSubtype(alias = "room.listed", type = ServerFrame.RoomListed.class),
            @JsonbSubtype(alias = "room.unlisted", type = ServerFrame.RoomUnlisted.class),
            @JsonbSubtype(alias = "room.counted", type = ServerFrame.RoomCounted.class),
            @JsonbSubtype(alias = "failed", type = ServerFrame.Failed.class)
        })
public sealed interface ServerFrame {

    /**
     * The first event of a connection: from here on every change of the room arrives.
     *
     * @param room the name of the room, normalised
     * @param you whom this connection acts as
     * @param seq the number of the room's last change before this connection; the next event has a higher one
     * @param epoch which database the numbers belong to
     * @param present who is in the room, at most {@value #MOST_PRESENT} of them
     * @param presentCount how many are in the room
     * @param limits what the server accepts
     */
    record Welcome(
            String room, User you, long seq, String epoch, List<Present> present, int presentCount, Limits limits)
            implements ServerFrame {}

    /** How many people one event names at most; beyond, only their number is told. */
    int MOST_PRESENT = 200;

    /**
     * Somebody in a room.
     *
     * @param away whether they have not touched anything for a while
     */
    record Present(String id, String name, boolean guest, boolean away) {}

    /**
     * The limits of a connection; one that is off is absent.
     *
     * @param frame bytes of a WebSocket message
     * @param message code points of a chat message
     * @param rate messages per second, on average
     * @param burst messages at once
     * @param upload bytes of a file
     */
    record Limits(Long frame, Long message, Long rate, Long burst, Long upload) {}

    /**
     * A file of a message.
     *
     * @param type the media type of an image to be shown, otherwise {@value Attachment#OPAQUE}
     * @param size bytes
     * @param width of an image, in pixels; absent elsewhere
     * @param height the same
     * @param thumbnail whether there is a smaller image
     */
    record File(String id, String name, String type, long size, Integer width, Integer height, boolean thumbnail) {
        public static File of(Attachment file) {
            return new File(
                    file.id().toString(),
                    file.name(),
                    file.type(),
                    file.size(),
                    file.isImage() ? file.width() : null,
                    file.isImage() ? file.height() : null,
                    file.thumbnail());
        }

        /** Those of a message; absent where it has none. */
        static List<File> of(Message message) {
            return message.files().isEmpty()
                    ? null
                    : message.files().stream().map(File::of).toList();
        }
    }

    /** A message as it is now, as the event that its last change was. */
    static ServerFrame of(Message message) {
        String id = message.id().toString();
        return switch (message.kind()) {
            case POSTED ->
                new MessagePosted(
                        id,
                        message.seq(),
                        message.rev(),
                        message.ref(),
                        message.author(),
                        message.body(),
                        Formatting.htmlOf(message).orElse(null),
                        message.at(),
                        File.of(message));
            case EDITED ->
                new MessageEdited(
                        id,
                        message.seq(),
                        message.rev(),
                        message.ref(),
                        message.author(),
                        message.body(),
                        Formatting.htmlOf(message).orElse(null),
                        message.at(),
                        message.editedAt().orElse(message.at()),
                        File.of(message));
            case DELETED -> new MessageDeleted(id, message.seq(), message.rev(), message.author(), message.at());
            case NOTED -> RoomNoted.of(message);
        };
    }

    /**
     * Somebody said something; for the author it is also the answer to {@link ClientFrame.PostMessage}.
     *
     * @param html how the text looks, safe to show; absent where it is nothing but text
     */
    record MessagePosted(
            String id,
            long seq,
            long rev,
            String ref,
            User author,
            String body,
            String html,
            Instant at,
            List<File> files)
            implements ServerFrame {}

    /**
     * A message has another text now; all of it, for those who did not see it before.
     *
     * @param html how the text looks, safe to show; absent where it is nothing but text
     */
    record MessageEdited(
            String id,
            long seq,
            long rev,
            String ref,
            User author,
            String body,
            String html,
            Instant at,
            Instant editedAt,
            List<File> files)
            implements ServerFrame {}

    /** A message was taken back. */
    record MessageDeleted(String id, long seq, long rev, User author, Instant at) implements ServerFrame {}

    /**
     * Something happened to the room itself.
     *
     * @param note what, in one word: a {@link Note.What}
     * @param subject whom it is about; absent where it is about nobody
     * @param text the new name, topic, kind or role; absent where there is none
     */
    record RoomNoted(String id, long seq, long rev, User author, String note, User subject, String text, Instant at)
            implements ServerFrame {
        static RoomNoted of(Message message) {
            Note note = message.note().orElseThrow();
            return new RoomNoted(
                    message.id().toString(),
                    message.seq(),
                    message.rev(),
                    message.author(),
                    note.what().code(),
                    note.subject().orElse(null),
                    note.text().isEmpty() ? null : note.text(),
                    message.at());
        }
    }

    /**
     * An edit or deletion of this client is stored, or a message that it sent again was stored before.
     *
     * @param ref what the client called it
     */
    record MessageConfirmed(String ref, String id, long seq, long rev) implements ServerFrame {
        public static MessageConfirmed of(String ref, Message message) {
            return new MessageConfirmed(ref, message.id().toString(), message.seq(), message.rev());
        }
    }

    /**
     * A part of the history, oldest first, each message as the event that its last change was.
     *
     * @param before ask before this to get what is older; absent at the beginning of the room
     * @param after ask after this to get what is newer; absent at the end
     */
    record BacklogPage(List<ServerFrame> messages, Long before, Long after) implements ServerFrame {}

    /** The changes since the client's cursor cannot be told one by one: load the room anew. */
    record Resync(long head) implements ServerFrame {}

    /**
     * Who is in the room has changed. Has no number, may be missed by a client that reads slowly, and may tell what a client
     * knows already.
     *
     * @param joined who came, at most {@value #MOST_PRESENT} of them
     * @param left the ids of those who went
     * @param away the ids of those who do nothing
     * @param active the ids of those who do something again
     * @param count how many are in the room now
     */
    record PresenceChanged(List<User> joined, List<String> left, List<String> away, List<String> active, int count)
            implements ServerFrame {}

    /** Somebody else is writing; forget it after some seconds or when their message comes. */
    record TypingStarted(User user) implements ServerFrame {}

    /**
     * The first event of a person's stream: all their rooms, each as the event {@code room.listed}.
     *
     * @param you whose stream it is
     */
    record RoomsListed(User you, List<RoomListed> rooms) implements ServerFrame {}

    /**
     * A room is one of the person's now, or something about it has changed.
     *
     * @param kind {@code open}, {@code closed} or {@code direct}
     * @param topic what it is about; may be empty
     * @param with the other one of a direct conversation; absent elsewhere
     * @param presence how much the other one is there: {@code active}, {@code away} or {@code offline}
     * @param notifications of what the person wants to be told: {@code everything}, {@code mentions} or {@code nothing}
     * @param head the number of the room's last change
     * @param seen the place up to which the person has seen it
     * @param unread how many messages were said after that
     * @param mentions how many of them mention the person
     */
    record RoomListed(
            String room,
            String kind,
            String topic,
            User with,
            String presence,
            String notifications,
            long head,
            long seen,
            long unread,
            long mentions)
            implements ServerFrame {}

    /** A room is not one of the person's any more. */
    record RoomUnlisted(String room) implements ServerFrame {}

    /** There is more, or less, to read for the person in one of their rooms. */
    record RoomCounted(String room, long head, long seen, long unread, long mentions) implements ServerFrame {}

    /**
     * Something the client asked for was not done.
     *
     * @param ref what it was, when the frame could be read that far
     * @param code the {@link chat.foyer.fault.Fault}, for programs
     * @param detail what to do about it, for people
     * @param retryAfter milliseconds to wait before the same frame can succeed; absent when waiting does not help
     */
    record Failed(String ref, String code, String detail, Long retryAfter) implements ServerFrame {
        /** @param words that the client's user reads */
        public static Failed of(String ref, ChatException reason, Words words) {
            return new Failed(ref, reason.fault().code(), reason.in(words), null);
        }

        public static Failed tooFast(String ref, long waitMillis, Words words) {
            return new Failed(ref, Fault.RATE.code(), Fault.RATE.phrase().in(words), waitMillis);
        }
    }
}
