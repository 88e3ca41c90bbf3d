package chat.foyer.user;

import chat.foyer.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of passwords. Thread-safe.
 *
 * <p>Invariant: nothing that a password let somebody do outlives it. A password is compared with its hash before a
 * transaction begins, since that takes long; so whoever stores what follows from it, such as a session, asks in that
 * transaction whether the hash {@linkplain #stillCounts still counts}, and holds the lock of its row from there on. Whoever
 * gives somebody another password, or lets them in no more, takes the same lock before looking for what has to end. Of the
 * two, one comes first: either its session is found and ended, or it is not begun. This lock is taken before all others.
 */
@ApplicationScoped
public class PasswordStore {
    @Inject
    Database database;

    /** For tests, without a container. */
    static PasswordStore of(Database database) {
        PasswordStore store = new PasswordStore();
        store.database = database;
        return store;
    }

    /** The account of this handle, if its owner has a password and may sign in. */
    public Optional<Account> account(String personHandle) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + PersonStore.COLUMNS + """
                                , w.hash FROM person p JOIN password w ON w.person_id = p.id
                                WHERE p.handle = :handle AND p.disabled_at IS NULL
                                """)
                        .bind("handle", personHandle)
                        .map((row, context) -> new Account(PersonStore.person(row, context), row.getString("hash")))
                        .findOne());
    }

    static void insert(Handle handle, String person, String hash) {
        handle.execute("INSERT INTO password (person_id, hash) VALUES (?, ?)", person, hash);
    }

    /** Lets nobody else change this password, or sign in by it, before the end of this transaction. */
    static void lock(Handle handle, String person) {
        lockedHash(handle, person);
    }

    private static Optional<String> lockedHash(Handle handle, String person) {
        return handle.createQuery("SELECT hash FROM password WHERE person_id = :person FOR UPDATE")
                .bind("person", person)
                .mapTo(String.class)
                .findOne();
    }

    /** Whether this is the password still, and its owner may sign in; nobody else changes that before the end. */
    static boolean stillCounts(Handle handle, Account account) {
        String person = account.person().id();
        return lockedHash(handle, person).filter(account.hash()::equals).isPresent() && mayEnter(handle, person);
    }

    /** Asked after the lock was taken, and by another statement: what was changed meanwhile is seen only then. */
    static boolean mayEnter(Handle handle, String person) {
        return handle.createQuery("SELECT disabled_at IS NULL FROM person WHERE id = :person")
                .bind("person", person)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    static void set(Handle handle, String person, String hash) {
        handle.execute("UPDATE password SET hash = ? WHERE person_id = ?", hash, person);
    }

    /**
     * Replaces an outdated hash of the same password; nobody's access changes.
     *
     * @return the account as it is then, or as it was when somebody else was faster
     */
    public Account rehash(Account account, String hash) {
        int replaced = database.jdbi()
                .withHandle(handle -> handle.execute(
                        "UPDATE password SET hash = ? WHERE person_id = ? AND hash = ?",
                        hash,
                        account.person().id(),
                        account.hash()));
        return replaced == 0 ? account : new Account(account.person(), hash);
    }
}
