package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of invitations, and of those who join without one where that is allowed. Thread-safe.
 *
 * <p>Invariant: an invitation makes one person, since it is used up under the lock of its row in the transaction that makes
 * them.
 */
@ApplicationScoped
public class InvitationStore {

    @Inject
    Database database;

    @Inject
    PersonStore people;

    /** For tests, without a container. */
    static InvitationStore of(Database database) {
        InvitationStore store = new InvitationStore();
        store.database = database;
        store.people = PersonStore.of(database);
        return store;
    }

    /** Lets this secret make an account. */
    public void insert(Invitation invitation, String secret, String administrator) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO invitation (id, hash, role, note, created_by, created_at, ends_at)
                                VALUES (:id, :hash, :role, :note, :createdBy, :createdAt, :endsAt)
                                """)
                        .bind("id", invitation.id())
                        .bind("hash", Secret.hash(secret))
                        .bind("role", invitation.role().name())
                        .bind("note", invitation.note())
                        .bind("createdBy", administrator)
                        .bind("createdAt", SqlTime.of(invitation.createdAt()))
                        .bind("endsAt", SqlTime.of(invitation.endsAt()))
                        .execute());
    }

    /** The invitations that can still be used, the latest first. */
    public List<Invitation> open() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT v.id, v.role, v.note, p.name, v.created_at, v.ends_at
                                FROM invitation v JOIN person p ON p.id = v.created_by
                                WHERE v.used_by IS NULL AND v.ends_at > :now
                                ORDER BY v.created_at DESC
                                """)
                        .bind("now", SqlTime.of(Instant.now()))
                        .map((row, context) -> new Invitation(
                                row.getString("id"),
                                Role.valueOf(row.getString("role")),
                                row.getString("note"),
                                row.getString("name"),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getObject("ends_at", OffsetDateTime.class).toInstant()))
                        .list());
    }

    /** Takes back an invitation that nobody has used; whether there was one. */
    public boolean delete(String id) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.execute("DELETE FROM invitation WHERE id = ? AND used_by IS NULL", id) > 0);
    }

    /** What who shows this secret may become. */
    public Optional<Role> role(String secret) {
        return database.jdbi().withHandle(handle -> role(handle, secret, ""));
    }

    private static Optional<Role> role(Handle handle, String secret, String lock) {
        return handle.createQuery(
                        "SELECT role FROM invitation WHERE hash = :hash AND used_by IS NULL AND ends_at > :now" + lock)
                .bind("hash", Secret.hash(secret))
                .bind("now", SqlTime.of(Instant.now()))
                .mapTo(Role.class)
                .findOne();
    }

    /**
     * Makes an account for who shows this secret.
     *
     * @throws ChatException ({@link Fault#LINK}) when it is worth nothing, ({@link Fault#TAKEN}) for the name
     */
    public void join(String secret, Person person, String passwordHash) {
        database.jdbi().useTransaction(handle -> {
            Role role = role(handle, secret, " FOR UPDATE").orElseThrow(() -> new ChatException(Fault.LINK));
            people.insert(
                    handle,
                    new Person(
                            person.id(),
                            person.handle(),
                            person.name(),
                            role,
                            person.language(),
                            person.zone(),
                            person.createdAt(),
                            false),
                    passwordHash);
            handle.execute("UPDATE invitation SET used_by = ? WHERE hash = ?", person.id(), Secret.hash(secret));
        });
    }

    /** Makes an account for somebody who needs no invitation. */
    public void register(Person person, String passwordHash) {
        database.jdbi().useTransaction(handle -> people.insert(handle, person, passwordHash));
    }
}
