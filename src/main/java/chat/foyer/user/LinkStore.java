package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of links that do something once: to make the first administrator, and to give somebody another password.
 * Thread-safe.
 *
 * <p>Invariant: a link does its work in the transaction that deletes it, and a link for the first administrator only while
 * the installation's row is locked and there is none. Nobody who is disabled has a link: who makes or uses one, and who
 * disables them, holds the lock of their password.
 */
@ApplicationScoped
public class LinkStore {
    private static final String GOOD =
            " FROM one_time_link WHERE hash = :hash AND purpose = :purpose AND ends_at > :now";

    @Inject
    Database database;

    @Inject
    PersonStore people;

    @Inject
    SessionStore sessions;

    /** For tests, without a container. */
    static LinkStore of(Database database) {
        LinkStore store = new LinkStore();
        store.database = database;
        store.people = PersonStore.of(database);
        store.sessions = SessionStore.of(database);
        return store;
    }

    /** Lets this secret make the first administrator; false when there is one. Links of other nodes stay good. */
    public boolean openSetup(String secret, Duration age) {
        return database.jdbi().inTransaction(handle -> {
            if (PersonStore.hasAdministrator(handle)) {
                return false;
            }
            insert(handle, secret, "SETUP", Optional.empty(), age);
            return true;
        });
    }

    /** Whether this secret may make the first administrator. */
    public boolean isSetup(String secret) {
        return database.jdbi()
                .withHandle(handle -> isGood(handle, secret, "SETUP") && !PersonStore.hasAdministrator(handle));
    }

    /**
     * Makes the first administrator and sets up the site.
     *
     * @throws ChatException ({@link Fault#LINK}) when this secret may not, ({@link Fault#TAKEN}) for the name
     */
    public void setUp(String secret, Person administrator, String passwordHash, Site site) {
        database.jdbi().useTransaction(handle -> {
            SiteStore.change(handle, site); // first, for the lock: of two who set up at once, one does
            if (!isGood(handle, secret, "SETUP") || PersonStore.hasAdministrator(handle)) {
                throw new ChatException(Fault.LINK);
            }
            people.insert(handle, administrator, passwordHash);
            handle.execute("DELETE FROM one_time_link WHERE purpose = 'SETUP'");
        });
    }

    /** Lets this secret give somebody another password, and no earlier one any more; false when they are disabled. */
    public boolean openReset(String secret, String person, Duration age) {
        return database.jdbi().inTransaction(handle -> openReset(handle, secret, person, age));
    }

    boolean openReset(Handle handle, String secret, String person, Duration age) {
        PasswordStore.lock(handle, person);
        handle.execute("DELETE FROM one_time_link WHERE person_id = ?", person);
        boolean active = PasswordStore.mayEnter(handle, person);
        if (active) {
            insert(handle, secret, "RESET", Optional.of(person), age);
        }
        return active;
    }

    /** Whose password this secret may replace. */
    public Optional<Person> isReset(String secret) {
        return database.jdbi()
                .withHandle(handle -> resets(handle, secret))
                .flatMap(people::byId)
                .filter(person -> !person.disabled());
    }

    /**
     * Replaces a password, and ends whatever this person was signed in with.
     *
     * @return the person's id
     * @throws ChatException ({@link Fault#LINK}) when this secret may not
     */
    public String reset(String secret, String passwordHash) {
        return database.jdbi().inTransaction(handle -> reset(handle, secret, passwordHash));
    }

    String reset(Handle handle, String secret, String passwordHash) {
        String person = resets(handle, secret).orElseThrow(() -> new ChatException(Fault.LINK));
        PasswordStore.lock(handle, person);
        int used =
                handle.execute("DELETE FROM one_time_link WHERE hash = ? AND purpose = 'RESET'", Secret.hash(secret));
        if (used == 0) { // somebody else was faster
            throw new ChatException(Fault.LINK);
        }
        PasswordStore.set(handle, person, passwordHash);
        sessions.endAll(handle, person, Optional.empty());
        return person;
    }

    private static void insert(Handle handle, String secret, String purpose, Optional<String> person, Duration age) {
        Instant now = Instant.now();
        handle.createUpdate("DELETE FROM one_time_link WHERE ends_at < :now")
                .bind("now", SqlTime.of(now))
                .execute();
        handle.createUpdate("DELETE FROM one_time_link WHERE hash = :hash")
                .bind("hash", Secret.hash(secret))
                .execute();
        handle.createUpdate("""
                        INSERT INTO one_time_link (hash, purpose, person_id, ends_at)
                        VALUES (:hash, :purpose, :person, :endsAt) ON CONFLICT DO NOTHING
                        """)
                .bind("hash", Secret.hash(secret))
                .bind("purpose", purpose)
                .bind("person", person)
                .bind("endsAt", SqlTime.of(now.plus(age)))
                .execute();
    }

    private static boolean isGood(Handle handle, String secret, String purpose) {
        return handle.createQuery("SELECT COUNT(*)" + GOOD)
                        .bind("hash", Secret.hash(secret))
                        .bind("purpose", purpose)
                        .bind("now", SqlTime.of(Instant.now()))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static Optional<String> resets(Handle handle, String secret) {
        return handle.createQuery("SELECT person_id" + GOOD)
                .bind("hash", Secret.hash(secret))
                .bind("purpose", "RESET")
                .bind("now", SqlTime.of(Instant.now()))
                .mapTo(String.class)
                .findOne();
    }
}
