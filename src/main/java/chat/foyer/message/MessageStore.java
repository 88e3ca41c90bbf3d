package chat.foyer.message;

import chat.foyer.database.Database;
import chat.foyer.room.Note;
import chat.foyer.room.Room;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of messages and of the numbers in their rooms. Thread-safe; every method is one transaction or one query. */
@ApplicationScoped
public class MessageStore {
    static final String COLUMNS = """
            m.id, r.name, m.seq, m.rev, m.author_id, m.author_name, m.author_guest, m.ref, m.fingerprint, m.body,
            m.posted_at, m.edited_at, m.deleted_at, m.note, m.subject_id, m.subject_name, m.files,
            CASE WHEN m.body LIKE '%@%' THEN
                (SELECT STRING_AGG(t.person_id || ' ' || COALESCE(p.handle, 'room'), ' ')
                FROM mention t LEFT JOIN person p ON p.id = t.person_id
                WHERE t.room_id = m.room_id AND t.seq = m.seq)
            END AS mentions
            """;

    /** Of the room of this name, be it a former one: who lags behind a renaming still reads the room that was meant. */
    private static final String ROOM_ID = """
            (SELECT id FROM room WHERE name = :name UNION ALL SELECT room_id FROM former_name WHERE name = :name
            FETCH FIRST ROW ONLY)
            """;

    @Inject
    Database database;

    private CommitStore commits;

    /** A store of this database without a container, for tools and tests. */
    public static MessageStore of(Database database) {
        MessageStore store = new MessageStore();
        store.database = database;
        store.start();
        return store;
    }

    @PostConstruct
    void start() {
        commits = new CommitStore(database, database.configuration());
    }

    /** Does these changes in one transaction, in this order, each at most once; returns what became of each. */
    public List<Outcome> commit(List<Change> changes) {
        return commits.commit(changes);
    }

    /** The number of the last change in this room; zero for a room in which nothing was ever said. */
    public long head(RoomName room) {
        return heads(List.of(room)).get(room);
    }

    /** Where a room stands. */
    private record Standing(long head, boolean closed) {}

    /** To be read before the messages, which are one snapshot and then at least as new. */
    private static Standing standing(Handle handle, RoomName room) {
        return handle.createQuery("SELECT last_seq, kind FROM room WHERE id = " + ROOM_ID)
                .bind("name", room.text())
                .map((row, context) -> new Standing(
                        row.getLong("last_seq"), row.getString("kind").equals(Room.Kind.CLOSED.name())))
                .findOne()
                .orElse(new Standing(0, false));
    }

    /** The number of the last change in each of these rooms. */
    public Map<RoomName, Long> heads(Collection<RoomName> rooms) {
        Map<RoomName, Long> heads = new LinkedHashMap<>();
        rooms.forEach(room -> heads.put(room, 0L));
        Object[] names = rooms.stream().map(RoomName::text).toArray();
        database.jdbi()
                .useHandle(handle -> handle.createQuery("""
                                SELECT name, last_seq FROM room WHERE name = ANY(:names)
                                UNION ALL
                                SELECT f.name, r.last_seq FROM former_name f JOIN room r ON r.id = f.room_id
                                WHERE f.name = ANY(:names)
                                """)
                        .bindArray("names", String.class, names)
                        .map((row, context) -> heads.put(new RoomName(row.getString("name")), row.getLong("last_seq")))
                        .list());
        return heads;
    }

    /**
     * The messages that changed after this number, in the order of their last changes, with a head of the room that is
     * not beyond them. A number up to {@link Changes#completeUpTo} that is absent was superseded by a later change of its message.
     */
    public Changes changesAfter(RoomName room, long rev, int limit) {
        return database.jdbi().inTransaction(handle -> {
            Standing standing = standing(handle, room);
            List<Message> messages = changed(handle, room, rev, "ASC", limit);
            long last =
                    messages.isEmpty() ? rev : messages.get(messages.size() - 1).rev();
            long known = Math.max(standing.head(), last);
            return new Changes(messages, messages.size() < limit ? known : last, known, standing.closed());
        });
    }

    /**
     * Changes of a room. Immutable.
     *
     * @param messages what changed, by {@code rev}
     * @param completeUpTo no change up to this number is missing that was asked for
     * @param head the number of the room's last change
     * @param closed whether the room is for its members only
     */
    public record Changes(List<Message> messages, long completeUpTo, long head, boolean closed) {
        public Changes(List<Message> messages, long completeUpTo, long head) {
            this(messages, completeUpTo, head, false);
        }
    }

    /** The messages that changed last, at most so many. */
    public Latest latest(RoomName room, int limit) {
        return database.jdbi().inTransaction(handle -> {
            long head = standing(handle, room).head();
            List<Message> newestFirst = changed(handle, room, 0, "DESC", limit);
            long after =
                    newestFirst.size() < limit ? 0 : newestFirst.get(limit - 1).rev() - 1;
            long newest = newestFirst.isEmpty() ? 0 : newestFirst.get(0).rev();
            return new Latest(newestFirst, after, Math.max(head, newest));
        });
    }

    /**
     * The latest changes of a room. Immutable.
     *
     * @param messages what changed, the newest first
     * @param completeAfter every message that changed after this number is there
     * @param head the number of the room's last change
     */
    public record Latest(List<Message> messages, long completeAfter, long head) {}

    /**
     * The messages whose last change lies above this number, in this order of these changes, as of one moment.
     *
     * <p>A message that was never amended stands at its place, the others at their last amendments.
     */
    private static List<Message> changed(Handle handle, RoomName room, long after, String order, int limit) {
        String statement = """
                (SELECT %1$s FROM message m JOIN room r ON r.id = m.room_id
                WHERE m.room_id = %3$s
                    AND m.seq > :after AND m.rev = m.seq
                ORDER BY m.room_id %2$s, m.seq %2$s LIMIT :limit)
                UNION ALL
                (SELECT %1$s FROM amendment a JOIN message m ON m.id = a.message_id AND m.rev = a.rev
                    JOIN room r ON r.id = m.room_id
                WHERE a.room_id = %3$s AND a.rev > :after
                ORDER BY a.room_id %2$s, a.rev %2$s LIMIT :limit)
                ORDER BY rev %2$s LIMIT :limit
                """;
        return handle.createQuery(statement.formatted(COLUMNS, order, ROOM_ID))
                .bind("name", room.text())
                .bind("after", after)
                .bind("limit", limit)
                .map(MessageStore::message)
                .list();
    }

    /** The last messages before this place, oldest first. */
    public List<Message> historyBefore(RoomName room, long seq, int limit) {
        List<Message> newestFirst = new ArrayList<>(history(room, "m.seq < :seq", seq, "DESC", limit));
        java.util.Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The first messages after this place, oldest first. */
    public List<Message> historyAfter(RoomName room, long seq, int limit) {
        return history(room, "m.seq > :seq", seq, "ASC", limit);
    }

    /** The place of a message of this room; empty when it has none of this id. */
    public OptionalLong placeOf(RoomName room, UUID id) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT seq FROM message WHERE id = :id AND room_id = " + ROOM_ID)
                                .bind("id", id)
                                .bind("name", room.text())
                                .mapTo(Long.class)
                                .findOne())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private List<Message> history(RoomName room, String where, long seq, String order, int limit) {
        String statement = """
                SELECT %1$s FROM message m JOIN room r ON r.id = m.room_id
                WHERE m.room_id = %4$s AND %2$s
                ORDER BY m.room_id %3$s, m.seq %3$s LIMIT :limit
                """;
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(statement.formatted(COLUMNS, where, order, ROOM_ID))
                        .bind("name", room.text())
                        .bind("seq", seq)
                        .bind("limit", limit)
                        .map(MessageStore::message)
                        .list());
    }

    static Message message(ResultSet row, StatementContext context) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                new RoomName(row.getString("name")),
                row.getLong("seq"),
                row.getLong("rev"),
                new User(row.getString("author_id"), row.getString("author_name"), row.getBoolean("author_guest")),
                row.getString("ref"),
                row.getString("body"),
                row.getObject("posted_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("edited_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getObject("deleted_at", OffsetDateTime.class) != null,
                note(row),
                mentions(row.getString("mentions")),
                files(row));
    }

    /** @param written an id and a handle for each, with spaces between; null when there are none */
    private static Set<Mention> mentions(String written) {
        if (written == null) {
            return Set.of();
        }
        String[] words = written.split(" ");
        return IntStream.range(0, words.length / 2)
                .mapToObj(i -> new Mention(words[2 * i], words[2 * i + 1]))
                .collect(Collectors.toSet());
    }

    private static List<Attachment> files(ResultSet row) throws SQLException {
        String json = row.getString("files");
        return json == null ? List.of() : Attachment.parse(json);
    }

    private static Optional<Note> note(ResultSet row) throws SQLException {
        String what = row.getString("note");
        if (what == null) {
            return Optional.empty();
        }
        String id = row.getString("subject_id");
        Optional<User> subject =
                id == null ? Optional.empty() : Optional.of(new User(id, row.getString("subject_name"), false));
        return Optional.of(new Note(Note.What.valueOf(what), subject, row.getString("body")));
    }
}
