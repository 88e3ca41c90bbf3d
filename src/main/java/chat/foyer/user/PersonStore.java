package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The SQL of people. Thread-safe.
 *
 * <p>Invariants: no two people have handles or names that look alike, by the key of {@code look_alike}. The last
 * administrator who is not disabled stays one: who demotes or disables somebody holds the lock of the installation's row,
 * so two of them cannot do it to each other at once. Whoever may do less from now on is told of in the same transaction.
 */
@ApplicationScoped
public class PersonStore {
    static final String COLUMNS = "p.id, p.handle, p.name, p.role, p.language, p.zone, p.created_at, p.disabled_at";

    @Inject
    Database database;

    @Inject
    AccessChangeStore accessChanges;

    @Inject
    SessionStore sessions;

    /** For tests, without a container. */
    static PersonStore of(Database database) {
        PersonStore store = new PersonStore();
        store.database = database;
        store.accessChanges = new AccessChangeStore();
        store.accessChanges.database = database;
        store.sessions = SessionStore.of(database);
        return store;
    }

    public Optional<Person> byId(String id) {
        return one("p.id = :key", id);
    }

    public Optional<Person> byHandle(String handle) {
        return one("p.handle = :key", handle);
    }

    private Optional<Person> one(String where, String key) {
        return database.jdbi().withHandle(handle -> one(handle, where, key));
    }

    private static Optional<Person> one(Handle handle, String where, String key) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM person p WHERE " + where)
                .bind("key", key)
                .map(PersonStore::person)
                .findOne();
    }

    /** Those of these ids whom there are, in no order. */
    public List<Person> byIds(Set<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM person p WHERE p.id IN (<ids>)")
                        .bindList("ids", ids)
                        .map(PersonStore::person)
                        .list());
    }

    /** The people whose handle or name holds this text, by handle, beginning after one; all when the text is empty. */
    public List<Person> search(String text, String afterHandle, boolean disabledToo, int limit) {
        String like = "%"
                + text.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        SELECT %s FROM person p
                        WHERE p.handle > :after AND (p.handle LIKE :like ESCAPE '!' OR LOWER(p.name) LIKE :like ESCAPE '!')
                            AND (p.disabled_at IS NULL OR :all)
                        ORDER BY p.handle LIMIT :limit
                        """.formatted(COLUMNS))
                        .bind("after", afterHandle)
                        .bind("like", like)
                        .bind("all", disabledToo)
                        .bind("limit", limit)
                        .map(PersonStore::person)
                        .list());
    }

    public boolean hasAdministrator() {
        return database.jdbi().withHandle(PersonStore::hasAdministrator);
    }

    static boolean hasAdministrator(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM person WHERE role = 'ADMINISTRATOR' AND disabled_at IS NULL")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** @throws ChatException ({@link Fault#TAKEN}) when somebody looks like that already */
    void insert(Handle handle, Person person, String passwordHash) {
        int inserted = handle.createUpdate("""
                        INSERT INTO person (id, handle, name, role, language, zone, created_at)
                        VALUES (:id, :handle, :name, :role, :language, :zone, :at) ON CONFLICT DO NOTHING
                        """)
                .bind("id", person.id())
                .bind("handle", person.handle())
                .bind("name", person.name())
                .bind("role", person.role().name())
                .bind("language", person.language())
                .bind("zone", person.zone())
                .bind("at", SqlTime.of(person.createdAt()))
                .execute();
        if (inserted == 0) {
            throw handleTaken();
        }
        nameAs(handle, person.id(), person.handle(), person.name());
        PasswordStore.insert(handle, person.id(), passwordHash);
    }

    private static void nameAs(Handle handle, String id, String personHandle, String name) {
        String ofHandle = LookAlike.skeleton(personHandle);
        String ofName = LookAlike.skeleton(name);
        handle.execute("DELETE FROM look_alike WHERE person_id = ?", id);
        if (!claim(handle, ofHandle, id)) {
            throw handleTaken();
        }
        if (!ofName.equals(ofHandle) && !claim(handle, ofName, id)) {
            throw new ChatException(Fault.TAKEN, Phrase.of("fault.name.looks"), "name");
        }
    }

    private static boolean claim(Handle handle, String skeleton, String id) {
        return handle.execute(
                        "INSERT INTO look_alike (skeleton, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        skeleton,
                        id)
                == 1;
    }

    private static ChatException handleTaken() {
        return new ChatException(Fault.TAKEN, Phrase.of("fault.handle.taken"), "handle");
    }

    /** Changes what somebody says about themselves; a new name is told to those who show the old one. */
    public void describe(Person person, String name, String language, String zone) {
        database.jdbi().useTransaction(handle -> {
            accessChanges.lock(handle); // before the person, as whoever disables them does
            handle.createUpdate("UPDATE person SET name = :name, language = :language, zone = :zone WHERE id = :id")
                    .bind("name", name)
                    .bind("language", language)
                    .bind("zone", zone)
                    .bind("id", person.id())
                    .execute();
            if (!name.equals(person.name())) {
                nameAs(handle, person.id(), person.handle(), name);
                accessChanges.note(handle, AccessChange.Kind.USER, person.id(), AccessChange.Reason.CHANGED);
            }
        });
    }

    /**
     * Gives somebody another password, who has shown the one of this account; ends all their sessions but one, and whatever
     * would renew any.
     *
     * @return false when what was shown does not count any more
     */
    public boolean changePassword(Account account, String passwordHash, Optional<String> keptSession) {
        return database.jdbi().inTransaction(handle -> changePassword(handle, account, passwordHash, keptSession));
    }

    boolean changePassword(Handle handle, Account account, String passwordHash, Optional<String> keptSession) {
        if (!PasswordStore.stillCounts(handle, account)) {
            return false;
        }
        String id = account.person().id();
        PasswordStore.set(handle, id, passwordHash);
        sessions.endStays(handle, id); // also of the browser at hand: perhaps its token was copied
        sessions.endAll(handle, id, keptSession);
        return true;
    }

    /**
     * Gives somebody another role, lets them in no more, which also ends all their sessions, or in again; all of it or
     * nothing.
     *
     * @return who they were before; empty when there is nobody of this id
     * @throws ChatException ({@link Fault#FORBIDDEN}) for the last administrator
     */
    public Optional<Person> change(String id, Optional<Role> role, Optional<Boolean> disabled) {
        return database.jdbi().inTransaction(handle -> change(handle, id, role, disabled));
    }

    Optional<Person> change(Handle handle, String id, Optional<Role> role, Optional<Boolean> disabled) {
        if (disabled.orElse(false)) { // before the lock of access changes, as whoever uses them does
            PasswordStore.lock(handle, id);
            handle.execute("DELETE FROM one_time_link WHERE person_id = ?", id);
            sessions.endStays(handle, id);
        }
        accessChanges.lock(handle);
        Optional<Person> before = one(handle, "p.id = :key", id);
        before.ifPresent(person -> {
            boolean had = hasAdministrator(handle);
            role.filter(wanted -> wanted != person.role()).ifPresent(wanted -> setRole(handle, id, wanted));
            disabled.filter(wanted -> wanted != person.disabled()).ifPresent(wanted -> setDisabled(handle, id, wanted));
            if (had && !hasAdministrator(handle)) {
                throw new ChatException(Fault.FORBIDDEN, Phrase.of("fault.administrator.last"));
            }
        });
        return before;
    }

    private void setRole(Handle handle, String id, Role role) {
        handle.execute("UPDATE person SET role = ? WHERE id = ?", role.name(), id);
        accessChanges.note(handle, AccessChange.Kind.USER, id, AccessChange.Reason.CHANGED);
    }

    private void setDisabled(Handle handle, String id, boolean disabled) {
        handle.createUpdate("UPDATE person SET disabled_at = :at WHERE id = :id")
                .bind("at", disabled ? SqlTime.of(Instant.now()) : null)
                .bind("id", id)
                .execute();
        if (disabled) {
            sessions.endAll(handle, id, Optional.empty());
        }
    }

    static Person person(ResultSet row, StatementContext context) throws SQLException {
        return new Person(
                row.getString("id"),
                row.getString("handle"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("language"),
                row.getString("zone"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("disabled_at", OffsetDateTime.class) != null);
    }
}
