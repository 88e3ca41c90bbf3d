package chat.foyer.message;

import chat.foyer.database.Database;
import chat.foyer.room.Room;
import chat.foyer.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The SQL of who could be mentioned in a room. Thread-safe; every method is one transaction. */
@ApplicationScoped
public class MentionableStore {
    private static final int MOST = 8; // are offered at once
    private static final int LONGEST = 200; // UTF-16 units of a name: longer ones begin none

    /** Those of a room: its members, and in an open one, where everybody may read, who has opened it. */
    private static final String HERE = """
            SELECT p.id, p.handle, p.name FROM (
                SELECT person_id FROM room_member WHERE room_id = :room
                UNION SELECT g.person_id FROM reading g JOIN room r ON r.id = g.room_id
                WHERE g.room_id = :room AND r.kind = 'OPEN'
            ) x JOIN person p ON p.id = x.person_id WHERE
            """;

    /** All others, for an open room. */
    private static final String ELSEWHERE = """
            SELECT p.id, p.handle, p.name FROM person p WHERE
                NOT EXISTS (SELECT 1 FROM room_member x WHERE x.room_id = :room AND x.person_id = p.id)
                AND NOT EXISTS (SELECT 1 FROM reading x WHERE x.room_id = :room AND x.person_id = p.id) AND
            """;

    private static final String MATCHES = """
            p.disabled_at IS NULL AND p.id <> :author
                AND (p.handle LIKE :begins ESCAPE '!' OR LOWER(p.name) LIKE :begins ESCAPE '!'
                    OR LOWER(p.name) LIKE :wordBegins ESCAPE '!')
            ORDER BY p.handle LIMIT :most
            """;

    @Inject
    Database database;

    /** A store of this database without a container, for tests. */
    static MentionableStore of(Database database) {
        MentionableStore store = new MentionableStore();
        store.database = database;
        return store;
    }

    /**
     * Somebody who could be mentioned. Immutable.
     *
     * @param handle what follows the {@code @}
     * @param here whether they belong to the room, or have opened it
     */
    public record Mentionable(User person, String handle, boolean here) {}

    /**
     * Whom an author could mention. Immutable.
     *
     * @param people at most {@value #MOST} of them
     * @param all whether {@code @room} would mention everybody
     */
    public record Answer(List<Mentionable> people, boolean all) {}

    /**
     * Those whose handle, or a word of whose name, begins with this text: first who is of the room, then by handle. In a room
     * with doors only its members.
     *
     * @param room empty for one in which nothing was said yet, which will be open
     */
    public Answer search(Optional<Room> room, String author, String text) {
        boolean open = room.map(known -> known.kind() == Room.Kind.OPEN).orElse(true);
        String begins = text.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
        return database.jdbi().inTransaction(handle -> {
            Optional<Long> id = room.flatMap(known -> handle.createQuery("SELECT id FROM room WHERE name = :name")
                    .bind("name", known.name().text())
                    .mapTo(Long.class)
                    .findOne());
            List<Mentionable> people = new ArrayList<>();
            for (String where : open ? List.of(HERE, ELSEWHERE) : List.of(HERE)) { // most questions end with the first
                if (people.size() < MOST && text.length() <= LONGEST) {
                    people.addAll(handle.createQuery(where + MATCHES)
                            .bind("room", id.orElse(-1L))
                            .bind("author", author)
                            .bind("begins", begins)
                            .bind("wordBegins", "% " + begins)
                            .bind("most", MOST - people.size())
                            .map((row, context) -> new Mentionable(
                                    new User(row.getString("id"), row.getString("name"), false),
                                    row.getString("handle"),
                                    where.equals(HERE)))
                            .list());
                }
            }
            return new Answer(people, id.isPresent() && MentionStore.mayMentionAll(handle, id.get(), author));
        });
    }
}
