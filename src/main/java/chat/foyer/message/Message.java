package chat.foyer.message;

import chat.foyer.room.Note;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
        Set<Mention> mentions) {
    public Message {
        mentions = Set.copyOf(mentions);
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

    /** Something that mentions nobody. */
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
        this(id, room, seq, rev, author, ref, body, at, editedAt, deleted, note, Set.of());
    }

    /** The same, mentioning these. */
    public Message mentioning(Set<Mention> whom) {
        return new Message(id, room, seq, rev, author, ref, body, at, editedAt, deleted, note, whom);
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
