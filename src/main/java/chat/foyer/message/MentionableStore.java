package chat.foyer.message;

import chat.foyer.database.Database;
import chat.foyer.room.Room;
import chat.foyer.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The SQL of who could be mentioned in a room. Thread-safe; every method is one query or one transaction. */
@ApplicationScoped
public class MentionableStore {
    private static final int MOST = 8; // are offered at once

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
            List<Mentionable> people = handle.createQuery("""
                            SELECT p.id, p.handle, p.name, x.person_id IS NOT NULL AS here
                            FROM person p LEFT JOIN (
                                SELECT person_id FROM room_member WHERE room_id = :room
                                UNION SELECT person_id FROM reading WHERE room_id = :room AND :open
                            ) x ON x.person_id = p.id
                            WHERE p.disabled_at IS NULL AND p.id <> :author AND (:open OR x.person_id IS NOT NULL)
                                AND (p.handle LIKE :begins ESCAPE '!' OR LOWER(p.name) LIKE :begins ESCAPE '!'
                                    OR LOWER(p.name) LIKE :wordBegins ESCAPE '!')
                            ORDER BY here DESC, p.handle LIMIT :most
                            """)
                    .bind("room", id.orElse(-1L))
                    .bind("open", open)
                    .bind("author", author)
                    .bind("begins", begins)
                    .bind("wordBegins", "% " + begins)
                    .bind("most", MOST)
                    .map((row, context) -> new Mentionable(
                            new User(row.getString("id"), row.getString("name"), false),
                            row.getString("handle"),
                            row.getBoolean("here")))
                    .list();
            return new Answer(people, id.isPresent() && MentionStore.mayMentionAll(handle, id.get(), author));
        });
    }
}
