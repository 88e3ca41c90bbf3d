package chat.foyer.room;

import chat.foyer.database.Database;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of rooms and their members, but for what changes them, which is done in the order of their messages by {@link
 * AlterationStore}. Thread-safe; every method is one transaction or one query.
 */
@ApplicationScoped
public class RoomStore {
    private static final String COLUMNS = "r.id, r.name, r.kind, r.topic, r.archived_at, r.last_seq, m.role";

    @Inject
    Database database;

    /** A store of this database without a container, for tools and tests. */
    public static RoomStore of(Database database) {
        RoomStore store = new RoomStore();
        store.database = database;
        return store;
    }

    /**
     * What a user sees of a room in one moment; whether they may is for the doors to say. Immutable.
     *
     * @param head the number of the room's last change
     * @param role what the user is there
     * @param with the other one of a conversation of two
     */
    public record Sight(Room room, long head, Optional<Member.Role> role, Optional<User> with) {}

    /** The room that has, or once had, this name. */
    public Optional<Sight> find(RoomName name, String user) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                                , p.id AS other_id, p.name AS other_name
                                 FROM room r LEFT JOIN room_member m ON m.room_id = r.id AND m.person_id = :user
                                    LEFT JOIN room_member o ON r.kind = 'DIRECT' AND m.role IS NOT NULL
                                        AND o.room_id = r.id AND o.person_id <> :user
                                    LEFT JOIN person p ON p.id = o.person_id
                                WHERE r.id = (SELECT id FROM room WHERE name = :name
                                    UNION ALL SELECT room_id FROM former_name WHERE name = :name LIMIT 1)
                                """)
                        .bind("name", name.text())
                        .bind("user", user)
                        .map((row, context) -> sight(row, other(row)))
                        .findOne());
    }

    /**
     * The rooms that this user may know of without looking after the site, by name: open ones, and those whose member
     * they are.
     *
     * @param query what the name holds, whatever its case; empty for all
     * @param after the name after which to begin
     */
    public List<Sight> list(Identity identity, String query, String after, int limit) {
        String pattern = '%'
                + query.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + '%';
        return database.jdbi().inTransaction(handle -> {
            List<Map.Entry<Long, Sight>> found = handle.createQuery("SELECT " + COLUMNS + """
                             FROM room r LEFT JOIN room_member m ON m.room_id = r.id AND m.person_id = :user
                            WHERE r.name > :after AND (r.kind = 'OPEN' OR m.role IS NOT NULL)
                                AND LOWER(r.name) LIKE :pattern ESCAPE '!'
                            ORDER BY r.name LIMIT :limit
                            """)
                    .bind("user", identity.user().id())
                    .bind("after", after)
                    .bind("pattern", pattern)
                    .bind("limit", limit)
                    .map((row, context) -> Map.entry(row.getLong("id"), sight(row, Optional.empty())))
                    .list();
            Map<Long, User> others = others(handle, identity.user().id(), found);
            return found.stream()
                    .map(entry -> {
                        Sight sight = entry.getValue();
                        Optional<User> with = Optional.ofNullable(others.get(entry.getKey()));
                        return new Sight(sight.room(), sight.head(), sight.role(), with);
                    })
                    .toList();
        });
    }

    private static Map<Long, User> others(Handle handle, String user, List<Map.Entry<Long, Sight>> found) {
        Object[] direct = found.stream()
                .filter(entry -> entry.getValue().room().kind() == Room.Kind.DIRECT)
                .map(Map.Entry::getKey)
                .toArray();
        Map<Long, User> others = new HashMap<>();
        if (direct.length > 0) {
            handle.createQuery("""
                            SELECT m.room_id, p.id, p.name FROM room_member m JOIN person p ON p.id = m.person_id
                            WHERE m.room_id = ANY(:rooms) AND m.person_id <> :user
                            """)
                    .bindArray("rooms", Long.class, direct)
                    .bind("user", user)
                    .map((row, context) -> others.put(row.getLong("room_id"), person(row)))
                    .list();
        }
        return others;
    }

    /** The names of all closed rooms, former ones among them. */
    public Set<RoomName> closed() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT name FROM room WHERE kind = 'CLOSED'
                                UNION ALL
                                SELECT f.name FROM former_name f JOIN room r ON r.id = f.room_id WHERE r.kind = 'CLOSED'
                                """)
                        .mapTo(String.class)
                        .map(RoomName::new)
                        .collectIntoSet());
    }

    /** The members of this room, those first who look after it. */
    public List<Member> members(RoomName room) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT p.id, p.name, m.role, m.joined_at
                                FROM room r JOIN room_member m ON m.room_id = r.id JOIN person p ON p.id = m.person_id
                                WHERE r.name = :name
                                ORDER BY CASE m.role WHEN 'ADMINISTRATOR' THEN 0 WHEN 'MODERATOR' THEN 1 ELSE 2 END, p.name, p.id
                                """)
                        .bind("name", room.text())
                        .map((row, context) -> new Member(
                                person(row),
                                Member.Role.valueOf(row.getString("role")),
                                row.getObject("joined_at", OffsetDateTime.class).toInstant()))
                        .list());
    }

    /** Somebody who has an account that is not disabled. */
    public Optional<User> person(String id) {
        return person(id, "AND disabled_at IS NULL");
    }

    /** Somebody who has an account, disabled or not. */
    public Optional<User> anybody(String id) {
        return person(id, "");
    }

    private Optional<User> person(String id, String which) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id, name FROM person WHERE id = :id " + which)
                        .bind("id", id)
                        .map((row, context) -> person(row))
                        .findOne());
    }

    /**
     * The room of these two, made if it is not there; the same whoever of them comes first, and if both come at once on
     * two nodes, since its name follows from their ids.
     */
    public Room direct(User one, User other) {
        RoomName name = RoomName.ofTwo(one.id(), other.id());
        return database.jdbi().inTransaction(handle -> {
            OffsetDateTime now = Instant.now().atOffset(ZoneOffset.UTC);
            handle.createUpdate("""
                            INSERT INTO room (name, kind, created_at, created_by) VALUES (:name, 'DIRECT', :at, :by)
                            ON CONFLICT DO NOTHING
                            """)
                    .bind("name", name.text())
                    .bind("at", now)
                    .bind("by", one.id())
                    .execute();
            long id = handle.createQuery("SELECT id FROM room WHERE name = :name AND kind = 'DIRECT'")
                    .bind("name", name.text())
                    .mapTo(Long.class)
                    .findOne()
                    .orElseThrow(() -> new ChatException(Fault.TAKEN)); // made before such names were kept apart
            for (User person : List.of(one, other)) {
                handle.createUpdate("""
                                INSERT INTO room_member (room_id, person_id, role, joined_at)
                                VALUES (:id, :person, 'MEMBER', :at) ON CONFLICT DO NOTHING
                                """)
                        .bind("id", id)
                        .bind("person", person.id())
                        .bind("at", now)
                        .execute();
            }
            return new Room(name, Room.Kind.DIRECT, "", false);
        });
    }

    private static User person(ResultSet row) throws SQLException {
        return new User(row.getString("id"), row.getString("name"), false);
    }

    private static Optional<User> other(ResultSet row) throws SQLException {
        String id = row.getString("other_id");
        return id == null ? Optional.empty() : Optional.of(new User(id, row.getString("other_name"), false));
    }

    private static Sight sight(ResultSet row, Optional<User> with) throws SQLException {
        Room room = new Room(
                new RoomName(row.getString("name")),
                Room.Kind.valueOf(row.getString("kind")),
                row.getString("topic"),
                row.getObject("archived_at") != null);
        Optional<Member.Role> role = Optional.ofNullable(row.getString("role")).map(Member.Role::valueOf);
        return new Sight(room, row.getLong("last_seq"), role, with);
    }
}
