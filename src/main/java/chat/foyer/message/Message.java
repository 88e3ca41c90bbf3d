package chat.foyer.message;

import chat.foyer.room.Note;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What was said in a room, as it is now. Immutable.
 *
 * @param id names this message everywhere, for ever
 * @param room where it was said
 * @param seq its place in the room; never changes
 * @param rev the number of its last change; equal to {@code seq} as long as there was none
 * @param author who said it
 * @param ref the author's own name for it
 * @param body the text; empty once it is deleted
 * @param at when the server accepted it
 * @param editedAt when its text was changed last
 * @param deleted whether it was taken back
 * @param note what happened to the room, when this is no message of a person; the body is then its text
 * @param mentions whom it mentions
 * @param files what it carries; none once it is deleted
 */
public record Message(
        UUID id,
        RoomName room,
        long seq,
        long rev,
        User author,
        String ref,
        String body,
        Instant at,
        Optional<Instant> editedAt,
        boolean deleted,
        Optional<Note> note,
        Set<Mention> mentions,
        List<Attachment> files) {
    public Message {
        mentions = Set.copyOf(mentions);
        files = List.copyOf(files);
    }

    /** Something that a person said. */
    public Message(
            UUID id,
            RoomName room,
            long seq,
            long rev,
            User author,
            String ref,
            String body,
            Instant at,
            Optional<Instant> editedAt,
            boolean deleted) {
        this(id, room, seq, rev, author, ref, body, at, editedAt, deleted, Optional.empty());
    }

    /** Something without files that mentions nobody. */
    public Message(
            UUID id,
            RoomName room,
            long seq,
            long rev,
            User author,
            String ref,
            String body,
            Instant at,
            Optional<Instant> editedAt,
            boolean deleted,
            Optional<Note> note) {
        this(id, room, seq, rev, author, ref, body, at, editedAt, deleted, note, Set.of(), List.of());
    }

    /** The same, mentioning these. */
    public Message mentioning(Set<Mention> whom) {
        return new Message(id, room, seq, rev, author, ref, body, at, editedAt, deleted, note, whom, files);
    }

    /** What those hear of it who are told a text and nothing else: where there is none, what its files are called. */
    public String spoken() {
        return body.isBlank() && !files.isEmpty()
                ? files.stream().map(Attachment::name).collect(Collectors.joining("\n"))
                : body;
    }

    /** What last happened to it: its number is {@link #rev}. */
    public Kind kind() {
        if (note.isPresent()) {
            return Kind.NOTED;
        }
        if (deleted) {
            return Kind.DELETED;
        }
        return rev == seq ? Kind.POSTED : Kind.EDITED;
    }

    /** What can happen to a message. */
    public enum Kind {
        POSTED,
        EDITED,
        DELETED,
        /** Something happened to the room itself; this is never amended. */
        NOTED
    }
}
