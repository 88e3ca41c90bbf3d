package chat.foyer.message;

import chat.foyer.digest.Sha256;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Something lasting that somebody wants to happen in a room; done once for every author and ref. Immutable. */
public sealed interface Change {
    RoomName room();

    User author();

    /** The author's own name for this change. */
    String ref();

    /** What makes this change equal to another of the same ref: 128 bits of SHA-256 over its content. */
    default UUID fingerprint() {
        return fingerprint(room());
    }

    /** The same, as if the room were called this: it may have been, when the change was sent for the first time. */
    UUID fingerprint(RoomName name);

    /** How much room it takes in a batch, in characters. */
    int weight();

    /** Where in what it says handles mention. */
    default List<String> prose() {
        return List.of();
    }

    /** The same, read by this reader if it says something. */
    default Change readBy(Prose reader) {
        return this;
    }

    /** Whether another node's database had it first. */
    default boolean imported() {
        return false;
    }

    /**
     * Says something.
     *
     * @param from where a guest calls from, whose new rooms are counted; empty when they are not
     */
    record Post(RoomName room, User author, Draft draft, Optional<String> from) implements Change {
        private static final int FILE_WEIGHT = 300; // about what is told of one

        public Post(RoomName room, User author, Draft draft) {
            this(room, author, draft, Optional.empty());
        }

        @Override
        public String ref() {
            return draft.ref();
        }

        @Override
        public UUID fingerprint(RoomName name) {
            if (draft.files().isEmpty()) {
                return hash("post", name.text(), draft.body());
            }
            Stream<String> said = Stream.of("post", name.text(), draft.body());
            return hash(Stream.concat(said, draft.files().stream().map(UUID::toString))
                    .toArray(String[]::new));
        }

        @Override
        public List<String> prose() {
            return draft.prose();
        }

        @Override
        public Post readBy(Prose reader) {
            return new Post(room, author, draft.readBy(reader), from);
        }

        @Override
        public int weight() {
            return draft.body().length() + FILE_WEIGHT * draft.files().size();
        }
    }

    /**
     * Takes over what was said on a node with a database of its own, under its id and time but in the order of this
     * database. Author and ref are the original's, so it is taken over once.
     */
    record Import(RoomName room, User author, Draft draft, UUID id, Instant at) implements Change {
        @Override
        public String ref() {
            return draft.ref();
        }

        @Override
        public UUID fingerprint(RoomName name) {
            return new Post(room, author, draft).fingerprint(name);
        }

        @Override
        public List<String> prose() {
            return draft.prose();
        }

        @Override
        public Import readBy(Prose reader) {
            return new Import(room, author, draft.readBy(reader), id, at);
        }

        @Override
        public int weight() {
            return draft.body().length();
        }

        @Override
        public boolean imported() {
            return true;
        }
    }

    /** Replaces the text of a message by the draft's. */
    record Edit(RoomName room, User author, UUID message, Draft draft) implements Change {
        @Override
        public String ref() {
            return draft.ref();
        }

        @Override
        public UUID fingerprint(RoomName name) {
            return hash("edit", name.text(), message.toString(), draft.body());
        }

        @Override
        public List<String> prose() {
            return draft.prose();
        }

        @Override
        public Edit readBy(Prose reader) {
            return new Edit(room, author, message, draft.readBy(reader));
        }

        @Override
        public int weight() {
            return draft.body().length();
        }
    }

    /**
     * Takes a message back, one's own or, by a moderator, somebody else's; its text is gone for ever.
     *
     * @param overseer whether the author of this change is an administrator of the site
     */
    record Delete(RoomName room, User author, boolean overseer, UUID message, String ref) implements Change {
        public Delete(RoomName room, User author, UUID message, String ref) {
            this(room, author, false, message, ref);
        }

        @Override
        public UUID fingerprint(RoomName name) {
            return hash("delete", name.text(), message.toString());
        }

        @Override
        public int weight() {
            return 0;
        }
    }

    /**
     * Does something to the room itself.
     *
     * @param overseer whether the author is an administrator of the site
     */
    record Alter(RoomName room, User author, boolean overseer, RoomChange what, String ref) implements Change {
        @Override
        public UUID fingerprint(RoomName name) {
            return hash("alter", name.text(), what.summary());
        }

        @Override
        public int weight() {
            return 0;
        }
    }

    private static UUID hash(String... parts) {
        MessageDigest digest = Sha256.begin();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }
}
