package chat.foyer.message;

import chat.foyer.database.Database;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of messages and of the numbers in their rooms. Thread-safe; every method is one transaction or one query. */
@ApplicationScoped
public class MessageStore {
    private static final String COLUMNS = """
            m.id, r.name, m.seq, m.rev, m.author_id, m.author_name, m.author_guest, m.ref, m.fingerprint, m.body,
            m.posted_at, m.edited_at, m.deleted_at
            """;

    @Inject
    Database database;

    /** A store of this database without a container, for tools and tests. */
    public static MessageStore of(Database database) {
        MessageStore store = new MessageStore();
        store.database = database;
        return store;
    }

    /** What an author's ref stands for already. */
    private record Known(UUID fingerprint, Message message) {}

    /** A change that is to be written, with what it makes of its message. */
    private record Done(Change change, UUID fingerprint, Message message) {}

    private record Ref(String authorId, String ref) {
        static Ref of(Change change) {
            return new Ref(change.author().id(), change.ref());
        }
    }

    /** A room while its row is locked. */
    private static final class LockedRoom {
        final long id;
        final long headWhenLocked;
        long head;

        LockedRoom(long id, long head) {
            this.id = id;
            this.head = head;
            this.headWhenLocked = head;
        }
    }

    /**
     * Does these changes in one transaction, in this order, each at most once; returns what became of each.
     *
     * <p>The rows of the rooms are locked first, in the order of their ids so that nodes cannot deadlock. Refs
     * are looked up and numbers taken under that lock, so the numbers of a room appear in their order and without
     * holes, and whoever reads up to a number has read all before it.
     */
    public List<Outcome> commit(List<Change> changes) {
        return database.jdbi().inTransaction(handle -> {
            Map<RoomName, LockedRoom> rooms = lockOrCreate(handle, changes);
            Map<Ref, Known> known = known(handle, changes);
            Map<UUID, Message> targets = targets(handle, changes);
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

            List<Outcome> outcomes = new ArrayList<>(changes.size());
            List<Done> done = new ArrayList<>();
            for (Change change : changes) {
                Outcome outcome = decide(change, rooms, known, targets, now);
                outcomes.add(outcome);
                if (outcome.refusal().isEmpty() && !outcome.known()) {
                    Message message = outcome.message().orElseThrow();
                    UUID fingerprint = change.fingerprint();
                    done.add(new Done(change, fingerprint, message));
                    known.put(Ref.of(change), new Known(fingerprint, message));
                    targets.computeIfPresent(message.id(), (id, before) -> message);
                }
            }
            write(handle, rooms, done, now);
            return outcomes;
        });
    }

    private static Outcome decide(
            Change change,
            Map<RoomName, LockedRoom> rooms,
            Map<Ref, Known> known,
            Map<UUID, Message> targets,
            Instant now) {
        Known before = known.get(Ref.of(change));
        if (before != null) {
            return before.fingerprint().equals(change.fingerprint())
                    ? Outcome.known(before.message())
                    : Outcome.refused(new ChatException(Fault.REF));
        }
        LockedRoom room = rooms.get(change.room());
        if (change instanceof Change.Post post) {
            return Outcome.done(newMessage(change, post.draft(), Uuid7.next(now.toEpochMilli()), now, ++room.head));
        }
        if (change instanceof Change.Import original) {
            return Outcome.done(newMessage(change, original.draft(), original.id(), original.at(), ++room.head));
        }
        return amend(change, room, targets, now);
    }

    private static Message newMessage(Change change, Draft draft, UUID id, Instant at, long number) {
        return new Message(
                id,
                change.room(),
                number,
                number,
                change.author(),
                draft.ref(),
                draft.body(),
                at,
                Optional.empty(),
                false);
    }

    private static Outcome amend(Change change, LockedRoom room, Map<UUID, Message> targets, Instant now) {
        Message before = targets.get(target(change).orElseThrow());
        if (before == null || !before.room().equals(change.room()) || before.deleted()) {
            return Outcome.refused(new ChatException(Fault.NO_MESSAGE));
        }
        if (!before.author().id().equals(change.author().id())) {
            return Outcome.refused(new ChatException(Fault.NOT_YOURS));
        }
        boolean deleted = change instanceof Change.Delete;
        String body = change instanceof Change.Edit edit ? edit.draft().body() : "";
        return Outcome.done(new Message(
                before.id(),
                before.room(),
                before.seq(),
                ++room.head,
                before.author(),
                before.ref(),
                body,
                before.at(),
                deleted ? before.editedAt() : Optional.of(now),
                deleted));
    }

    /** The message that an edit or a deletion is about. */
    private static Optional<UUID> target(Change change) {
        if (change instanceof Change.Edit edit) {
            return Optional.of(edit.message());
        }
        return change instanceof Change.Delete delete ? Optional.of(delete.message()) : Optional.empty();
    }

    private static Map<RoomName, LockedRoom> lockOrCreate(Handle handle, List<Change> changes) {
        TreeSet<String> names = new TreeSet<>();
        changes.forEach(change -> names.add(change.room().text()));
        Map<RoomName, LockedRoom> rooms = lockExisting(handle, names);
        if (rooms.size() < names.size()) {
            PreparedBatch missing = handle.prepareBatch(
                    "INSERT INTO room (name, created_at) VALUES (:name, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING");
            names.stream()
                    .filter(name -> !rooms.containsKey(new RoomName(name)))
                    .forEach(name -> missing.bind("name", name).add());
            missing.execute();
            return lockExisting(handle, names);
        }
        return rooms;
    }

    private static Map<RoomName, LockedRoom> lockExisting(Handle handle, Collection<String> names) {
        Map<RoomName, LockedRoom> rooms = new HashMap<>();
        handle.createQuery("SELECT id, name, last_seq FROM room WHERE name = ANY(:names) ORDER BY id FOR UPDATE")
                .bindArray("names", String.class, names.toArray())
                .map((row, context) -> rooms.put(
                        new RoomName(row.getString("name")),
                        new LockedRoom(row.getLong("id"), row.getLong("last_seq"))))
                .list();
        return rooms;
    }

    private static Map<Ref, Known> known(Handle handle, List<Change> changes) {
        Object[] refs = changes.stream().map(Change::ref).distinct().toArray();
        Map<Ref, Known> known = new HashMap<>();
        handle.createQuery("SELECT " + COLUMNS
                        + " FROM message m JOIN room r ON r.id = m.room_id WHERE m.ref = ANY(:refs)")
                .bindArray("refs", String.class, refs)
                .map((row, context) -> known.put(
                        new Ref(row.getString("author_id"), row.getString("ref")),
                        new Known(row.getObject("fingerprint", UUID.class), message(row, context))))
                .list();
        handle.createQuery("SELECT " + COLUMNS + """
                        , a.ref AS a_ref, a.author_id AS a_author, a.fingerprint AS a_fingerprint
                        FROM amendment a JOIN message m ON m.id = a.message_id JOIN room r ON r.id = m.room_id
                        WHERE a.ref = ANY(:refs)
                        """)
                .bindArray("refs", String.class, refs)
                .map((row, context) -> known.put(
                        new Ref(row.getString("a_author"), row.getString("a_ref")),
                        new Known(row.getObject("a_fingerprint", UUID.class), message(row, context))))
                .list();
        return known;
    }

    private static Map<UUID, Message> targets(Handle handle, List<Change> changes) {
        Object[] ids = changes.stream()
                .flatMap(change -> target(change).stream())
                .distinct()
                .toArray();
        Map<UUID, Message> messages = new HashMap<>();
        if (ids.length > 0) {
            handle.createQuery("SELECT " + COLUMNS
                            + " FROM message m JOIN room r ON r.id = m.room_id WHERE m.id = ANY(:ids)")
                    .bindArray("ids", UUID.class, ids)
                    .map(MessageStore::message)
                    .forEach(message -> messages.put(message.id(), message));
        }
        return messages;
    }

    private static void write(Handle handle, Map<RoomName, LockedRoom> rooms, List<Done> all, Instant now) {
        PreparedBatch posts = handle.prepareBatch("""
                INSERT INTO message (id, room_id, seq, rev, author_id, author_name, author_guest, ref, fingerprint, body,
                    posted_at)
                VALUES (:id, :room, :seq, :rev, :authorId, :authorName, :guest, :ref, :fingerprint, :body, :at)
                """);
        PreparedBatch edits = handle.prepareBatch("""
                UPDATE message SET rev = :rev, body = :body, edited_at = :editedAt, deleted_at = :deletedAt WHERE id = :id
                """);
        PreparedBatch amendments = handle.prepareBatch("""
                INSERT INTO amendment (ref, author_id, message_id, room_id, rev, fingerprint)
                VALUES (:ref, :authorId, :id, :room, :rev, :fingerprint)
                """);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        for (Done done : all) {
            Change change = done.change();
            Message message = done.message();
            if (target(change).isEmpty()) {
                posts.bind("id", message.id())
                        .bind("room", rooms.get(message.room()).id)
                        .bind("seq", message.seq())
                        .bind("rev", message.rev())
                        .bind("authorId", message.author().id())
                        .bind("authorName", message.author().name())
                        .bind("guest", message.author().guest())
                        .bind("ref", message.ref())
                        .bind("fingerprint", done.fingerprint())
                        .bind("body", message.body())
                        .bind("at", message.at().atOffset(ZoneOffset.UTC))
                        .add();
            } else {
                edits.bind("id", message.id())
                        .bind("rev", message.rev())
                        .bind("body", message.body())
                        .bind("editedAt", message.editedAt().map(time -> time.atOffset(ZoneOffset.UTC)))
                        .bind("deletedAt", message.deleted() ? Optional.of(at) : Optional.<OffsetDateTime>empty())
                        .add();
                amendments
                        .bind("ref", change.ref())
                        .bind("authorId", change.author().id())
                        .bind("id", message.id())
                        .bind("room", rooms.get(message.room()).id)
                        .bind("rev", message.rev())
                        .bind("fingerprint", done.fingerprint())
                        .add();
            }
        }
        PreparedBatch heads = handle.prepareBatch("UPDATE room SET last_seq = :last WHERE id = :id");
        rooms.values().stream()
                .filter(room -> room.head > room.headWhenLocked)
                .forEach(room ->
                        heads.bind("last", room.head).bind("id", room.id).add());
        Stream.of(posts, edits, amendments, heads)
                .filter(batch -> batch.size() > 0)
                .forEach(PreparedBatch::execute);
    }

    /** The number of the last change in this room; zero for a room in which nothing was ever said. */
    public long head(RoomName room) {
        return heads(List.of(room)).get(room);
    }

    /** To be read before the messages, which are one snapshot and then at least as new. */
    private static long head(Handle handle, RoomName room) {
        return handle.createQuery("SELECT last_seq FROM room WHERE name = :name")
                .bind("name", room.text())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** The number of the last change in each of these rooms. */
    public Map<RoomName, Long> heads(Collection<RoomName> rooms) {
        Map<RoomName, Long> heads = new LinkedHashMap<>();
        rooms.forEach(room -> heads.put(room, 0L));
        Object[] names = rooms.stream().map(RoomName::text).toArray();
        database.jdbi()
                .useHandle(handle -> handle.createQuery("SELECT name, last_seq FROM room WHERE name = ANY(:names)")
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
            long head = head(handle, room);
            List<Message> messages = changed(handle, room, rev, "ASC", limit);
            long last =
                    messages.isEmpty() ? rev : messages.get(messages.size() - 1).rev();
            long known = Math.max(head, last);
            return new Changes(messages, messages.size() < limit ? known : last, known);
        });
    }

    /**
     * Changes of a room. Immutable.
     *
     * @param messages what changed, by {@code rev}
     * @param completeUpTo no change up to this number is missing that was asked for
     * @param head the number of the room's last change
     */
    public record Changes(List<Message> messages, long completeUpTo, long head) {}

    /** The messages that changed last, at most so many. */
    public Latest latest(RoomName room, int limit) {
        return database.jdbi().inTransaction(handle -> {
            long head = head(handle, room);
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
                WHERE m.room_id = (SELECT id FROM room WHERE name = :name)
                    AND m.seq > :after AND m.rev = m.seq
                ORDER BY m.room_id %2$s, m.seq %2$s LIMIT :limit)
                UNION ALL
                (SELECT %1$s FROM amendment a JOIN message m ON m.id = a.message_id AND m.rev = a.rev
                    JOIN room r ON r.id = m.room_id
                WHERE a.room_id = (SELECT id FROM room WHERE name = :name) AND a.rev > :after
                ORDER BY a.room_id %2$s, a.rev %2$s LIMIT :limit)
                ORDER BY rev %2$s LIMIT :limit
                """;
        return handle.createQuery(statement.formatted(COLUMNS, order))
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

    private List<Message> history(RoomName room, String where, long seq, String order, int limit) {
        String statement = """
                SELECT %1$s FROM message m JOIN room r ON r.id = m.room_id
                WHERE m.room_id = (SELECT id FROM room WHERE name = :name) AND %2$s
                ORDER BY m.room_id %3$s, m.seq %3$s LIMIT :limit
                """;
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(statement.formatted(COLUMNS, where, order))
                        .bind("name", room.text())
                        .bind("seq", seq)
                        .bind("limit", limit)
                        .map(MessageStore::message)
                        .list());
    }

    private static Message message(ResultSet row, StatementContext context) throws SQLException {
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
                row.getObject("deleted_at", OffsetDateTime.class) != null);
    }
}
