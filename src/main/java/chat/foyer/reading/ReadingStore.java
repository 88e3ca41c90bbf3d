package chat.foyer.reading;

import chat.foyer.database.Database;
import chat.foyer.room.Room;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * The SQL of what people have read. Thread-safe; every method is one transaction or one query.
 *
 * <p>Nothing here counts messages: each carries how many were said in its room up to it, so what is unread is a difference.
 */
@ApplicationScoped
public class ReadingStore {
    /** Of the room of this name, be it a former one. */
    private static final String ROOM_ID = """
            (SELECT id FROM room WHERE name = :room UNION ALL SELECT room_id FROM former_name WHERE name = :room LIMIT 1)
            """;

    /** The rooms of these people that also meet a condition; the index of {@code mention} begins with the person. */
    private static final String MINE = """
            SELECT mine.person_id, r.name, r.kind, r.topic, r.last_seq, r.posts, g.person_id IS NOT NULL AS opened,
                COALESCE(g.seen_seq, 0) AS seen_seq, COALESCE(g.seen_posts, 0) AS seen_posts,
                (SELECT COUNT(*) FROM mention m WHERE m.person_id = mine.person_id AND m.room_id = mine.room_id
                    AND m.seq > COALESCE(g.seen_seq, 0))
                + (SELECT COUNT(*) FROM mention m WHERE m.person_id = '*' AND m.room_id = mine.room_id
                    AND m.seq > COALESCE(g.seen_seq, 0)) AS mentions,
                p.id AS with_id, p.name AS with_name, l.level
            FROM (
                SELECT x.person_id, x.room_id FROM room_member x WHERE x.person_id = ANY(:people) %1$s
                UNION
                SELECT x.person_id, x.room_id FROM reading x JOIN room y ON y.id = x.room_id AND y.kind = 'OPEN'
                WHERE x.person_id = ANY(:people) %1$s
            ) mine
            JOIN room r ON r.id = mine.room_id AND r.archived_at IS NULL
            LEFT JOIN reading g ON g.person_id = mine.person_id AND g.room_id = mine.room_id
            LEFT JOIN room_member o ON r.kind = 'DIRECT' AND o.room_id = mine.room_id AND o.person_id <> mine.person_id
            LEFT JOIN person p ON p.id = o.person_id
            LEFT JOIN notification_level l ON l.person_id = mine.person_id AND l.room_id = mine.room_id
            ORDER BY r.name
            """;

    @Inject
    Database database;

    /** A store of this database without a container, for tests. */
    static ReadingStore of(Database database) {
        ReadingStore store = new ReadingStore();
        store.database = database;
        return store;
    }

    /** How much was said in a room. */
    record Size(long head, long posts) {}

    /** The rooms of each of these people, by name, those that are not listed included. */
    Map<String, List<MyRoom>> roomsOf(Collection<String> people) {
        return mine(people, "", query -> query);
    }

    /** The same, but of these rooms only. */
    Map<String, List<MyRoom>> roomsOf(Collection<String> people, Collection<RoomName> rooms) {
        return mine(
                people,
                "AND x.room_id IN (SELECT z.id FROM room z WHERE z.name = ANY(:rooms))",
                query -> query.bindArray("rooms", String.class, texts(rooms)));
    }

    private interface Binding {
        Query bind(Query query);
    }

    private Map<String, List<MyRoom>> mine(Collection<String> people, String condition, Binding binding) {
        Map<String, List<MyRoom>> rooms = new HashMap<>();
        people.forEach(person -> rooms.put(person, new ArrayList<>()));
        database.jdbi()
                .useHandle(handle -> binding.bind(handle.createQuery(MINE.formatted(condition))
                                .bindArray("people", String.class, people.toArray()))
                        .map((row, context) ->
                                rooms.get(row.getString("person_id")).add(myRoom(row)))
                        .list());
        return rooms;
    }

    private static MyRoom myRoom(ResultSet row) throws SQLException {
        String with = row.getString("with_id");
        String level = row.getString("level");
        Room.Kind kind = Room.Kind.valueOf(row.getString("kind"));
        return new MyRoom(
                new RoomName(row.getString("name")),
                kind,
                row.getString("topic"),
                with == null ? Optional.empty() : Optional.of(new User(with, row.getString("with_name"), false)),
                Optional.empty(),
                level == null ? Level.usual(kind) : Level.valueOf(level),
                row.getBoolean("opened"),
                new Count(
                        row.getLong("last_seq"),
                        row.getLong("posts"),
                        row.getLong("seen_seq"),
                        row.getLong("seen_posts"),
                        row.getLong("mentions")));
    }

    /** How much was said in each of these rooms. */
    Map<RoomName, Size> sizes(Collection<RoomName> rooms) {
        Map<RoomName, Size> sizes = new LinkedHashMap<>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery(
                                "SELECT name, last_seq, posts FROM room WHERE name = ANY(:rooms)")
                        .bindArray("rooms", String.class, texts(rooms))
                        .map((row, context) -> sizes.put(
                                new RoomName(row.getString("name")),
                                new Size(row.getLong("last_seq"), row.getLong("posts"))))
                        .list());
        return sizes;
    }

    /** Who belongs to these rooms. */
    Set<Mark.Seat> seatsIn(Collection<RoomName> rooms) {
        return database.jdbi()
                .withHandle(handle -> new HashSet<>(handle.createQuery("""
                                SELECT r.name, m.person_id FROM room r JOIN room_member m ON m.room_id = r.id WHERE r.name = ANY(:rooms)
                                """)
                        .bindArray("rooms", String.class, texts(rooms))
                        .map((row, context) ->
                                new Mark.Seat(row.getString("person_id"), new RoomName(row.getString("name"))))
                        .list()));
    }

    private static Object[] texts(Collection<RoomName> rooms) {
        return rooms.stream().map(RoomName::text).toArray();
    }

    /**
     * Writes down what was seen; returns where something is different now. Places only go forward unless the mark leads back,
     * and a mark in a room that is not the person's does nothing.
     *
     * <p>The rows are locked in one order, so nodes cannot deadlock.
     */
    Set<Mark.Seat> write(Map<Mark.Seat, Mark> marks) {
        List<Map.Entry<Mark.Seat, Mark>> ordered = marks.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Mark.Seat, Mark> mark) ->
                                mark.getKey().person())
                        .thenComparing(mark -> mark.getKey().room().text()))
                .toList();
        return database.jdbi().inTransaction(handle -> {
            Set<Mark.Seat> changed = new HashSet<>(begin(
                    handle,
                    ordered.stream().filter(mark -> mark.getValue().enters()).toList()));
            List<Map.Entry<Mark.Seat, Mark>> seen = ordered.stream()
                    .filter(mark -> mark.getValue().seq() > 0 || mark.getValue().back())
                    .toList();
            Set<Mark.Seat> moved = move(handle, seen);
            // most of the others were there already; some have no place in the room yet
            List<Map.Entry<Mark.Seat, Mark>> unmoved = seen.stream()
                    .filter(mark ->
                            !moved.contains(mark.getKey()) && !mark.getValue().enters())
                    .toList();
            Set<Mark.Seat> begun = begin(handle, unmoved);
            moved.addAll(move(
                    handle,
                    unmoved.stream()
                            .filter(mark -> begun.contains(mark.getKey()))
                            .toList()));
            changed.addAll(moved);
            changed.addAll(begun);
            return changed;
        });
    }

    /** In an open room one begins at its end, in others with everything that was said. */
    private static Set<Mark.Seat> begin(Handle handle, List<Map.Entry<Mark.Seat, Mark>> marks) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO reading (person_id, room_id, seen_seq, seen_posts)
                SELECT CAST(:person AS VARCHAR), r.id, CASE WHEN r.kind = 'OPEN' THEN r.last_seq ELSE 0 END,
                    CASE WHEN r.kind = 'OPEN' THEN r.posts ELSE 0 END
                FROM room r
                WHERE r.id = %s AND (
                    r.kind = 'OPEN' AND CAST(:enters AS BOOLEAN)
                    OR EXISTS (SELECT 1 FROM room_member m WHERE m.room_id = r.id AND m.person_id = :person))
                ON CONFLICT DO NOTHING
                """.formatted(ROOM_ID));
        marks.forEach(mark -> batch.bind("person", mark.getKey().person())
                .bind("room", mark.getKey().room().text())
                .bind("enters", mark.getValue().enters())
                .add());
        return executed(batch, marks);
    }

    private static Set<Mark.Seat> move(Handle handle, List<Map.Entry<Mark.Seat, Mark>> marks) {
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE reading SET
                    seen_seq = (SELECT CASE WHEN r.last_seq < :seq THEN r.last_seq ELSE CAST(:seq AS BIGINT) END
                        FROM room r WHERE r.id = reading.room_id),
                    seen_posts = COALESCE((SELECT m.ordinal FROM message m
                        WHERE m.room_id = reading.room_id AND m.seq <= :seq
                        ORDER BY m.room_id DESC, m.seq DESC LIMIT 1), 0)
                WHERE person_id = :person AND room_id = %s AND (
                    seen_seq < :seq AND seen_seq < (SELECT r.last_seq FROM room r WHERE r.id = reading.room_id)
                    OR CAST(:back AS BOOLEAN) AND seen_seq > :seq)
                """.formatted(ROOM_ID));
        marks.forEach(mark -> batch.bind("person", mark.getKey().person())
                .bind("room", mark.getKey().room().text())
                .bind("seq", mark.getValue().seq())
                .bind("back", mark.getValue().back())
                .add());
        return executed(batch, marks);
    }

    private static Set<Mark.Seat> executed(PreparedBatch batch, List<Map.Entry<Mark.Seat, Mark>> marks) {
        Set<Mark.Seat> changed = new HashSet<>();
        if (batch.size() > 0) {
            int[] counts = batch.execute();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    changed.add(marks.get(i).getKey());
                }
            }
        }
        return changed;
    }

    /** Of what in this room the person wants to be told from now on; a room that does not exist has nothing to tell. */
    void choose(String person, RoomName room, Level level) {
        database.jdbi().useTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO notification_level (person_id, room_id, level)
                            SELECT CAST(:person AS VARCHAR), r.id, CAST(:level AS VARCHAR) FROM room r WHERE r.id = %s
                            ON CONFLICT DO NOTHING
                            """.formatted(ROOM_ID))
                    .bind("person", person)
                    .bind("room", room.text())
                    .bind("level", level.name())
                    .execute();
            handle.createUpdate("UPDATE notification_level SET level = :level WHERE person_id = :person AND room_id = "
                            + ROOM_ID)
                    .bind("person", person)
                    .bind("room", room.text())
                    .bind("level", level.name())
                    .execute();
        });
    }

    /** An open room is not one of the person's any more, unless they are a member; whether it was. */
    boolean forget(String person, RoomName room) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate("""
                                DELETE FROM reading WHERE person_id = :person AND room_id = %s
                                    AND NOT EXISTS (SELECT 1 FROM room_member m
                                        WHERE m.room_id = reading.room_id AND m.person_id = reading.person_id)
                                """.formatted(ROOM_ID))
                                .bind("person", person)
                                .bind("room", room.text())
                                .execute())
                > 0;
    }
}
