package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The SQL of personal access tokens. Thread-safe; every method is one transaction or one query.
 *
 * <p>Invariant: no token is made by a session that has ended, be it a moment ago on another node: whoever makes one holds
 * the lock of the session's row until it is there, and then it can be seen.
 */
@ApplicationScoped
public class TokenStore {
    private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

    /** Somebody who is not disabled, as of a change of access. Immutable. */
    record Owner(User user, Role role, long asOf) {}

    /** What is known of a token that somebody shows. Immutable. */
    record Found(Token token, String hash, Owner owner) {}

    @Inject
    Database database;

    @Inject
    AccessChangeStore changes;

    /** For tests, without a container. */
    static TokenStore of(Database database, AccessChangeStore changes) {
        TokenStore store = new TokenStore();
        store.database = database;
        store.changes = changes;
        return store;
    }

    /**
     * Keeps a new token of somebody who is signed in; false when they have as many as this already.
     *
     * @throws ChatException ({@link Fault#SIGNED_OUT}) when their session has ended
     */
    boolean add(Identity owner, Token token, String hash, int atMost) {
        String person = owner.user().id();
        return database.jdbi().inTransaction(handle -> {
            handle.execute("SELECT id FROM person WHERE id = ? FOR UPDATE", person); // who else counts now waits
            handle.createQuery("SELECT id FROM session WHERE id = :session FOR UPDATE")
                    .bind("session", owner.proof().id())
                    .mapTo(String.class)
                    .findOne()
                    .orElseThrow(() -> new ChatException(Fault.SIGNED_OUT));
            int count = handle.createQuery("SELECT COUNT(*) FROM access_token WHERE person_id = :person")
                    .bind("person", person)
                    .mapTo(Integer.class)
                    .one();
            if (count >= atMost) {
                return false;
            }
            handle.createUpdate("""
                            INSERT INTO access_token (id, person_id, hash, label, scope, created_at, expires_at)
                            VALUES (:id, :person, :hash, :label, :scope, :created, :expires)
                            """)
                    .bind("id", token.id())
                    .bind("person", person)
                    .bind("hash", hash)
                    .bind("label", token.label())
                    .bind("scope", token.scope().name())
                    .bind("created", SqlTime.of(token.createdAt()))
                    .bind("expires", token.expiresAt().map(SqlTime::of).orElse(null))
                    .execute();
            return true;
        });
    }

    /** The tokens of this person, the newest first. */
    List<Token> of(String person) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT id, label, scope, created_at, expires_at, used_at FROM access_token
                                WHERE person_id = :person ORDER BY created_at DESC
                                """)
                        .bind("person", person)
                        .map((row, context) -> token(row))
                        .list());
    }

    /**
     * The token of this id with its owner, if that one is not disabled. All of it is one snapshot: a change of access is
     * either seen here or has a number above the owner's {@code asOf}.
     */
    Optional<Found> find(String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT t.id, t.label, t.scope, t.created_at, t.expires_at, t.used_at, t.hash,
                                       p.id AS person_id, p.name AS person_name, p.role AS person_role,
                                       i.last_access_change
                                FROM access_token t
                                JOIN person p ON p.id = t.person_id AND p.disabled_at IS NULL
                                CROSS JOIN installation i
                                WHERE t.id = :id
                                """)
                        .bind("id", id)
                        .map((row, context) -> new Found(token(row), row.getString("hash"), owner(row)))
                        .findOne());
    }

    /** The person of this handle, if not disabled. */
    Optional<Owner> ownerOfHandle(String handle) {
        return database.jdbi()
                .withHandle(connection -> connection
                        .createQuery("""
                                SELECT p.id AS person_id, p.name AS person_name, p.role AS person_role,
                                       i.last_access_change
                                FROM person p CROSS JOIN installation i
                                WHERE p.handle = :handle AND p.disabled_at IS NULL
                                """)
                        .bind("handle", handle)
                        .map((row, context) -> owner(row))
                        .findOne());
    }

    /** Notes that it is used now, unless that was noted less than a minute ago. */
    void used(Token token, Instant now) {
        Instant due = now.minus(USE_WRITTEN_EVERY);
        if (token.usedAt().filter(due::isBefore).isPresent()) {
            return;
        }
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                                UPDATE access_token SET used_at = :now
                                WHERE id = :id AND (used_at IS NULL OR used_at <= :due)
                                """)
                        .bind("now", SqlTime.of(now))
                        .bind("id", token.id())
                        .bind("due", SqlTime.of(due))
                        .execute());
    }

    /** Forgets a token of this person; false when there is none. Call {@link AccessChanges#announce} after it. */
    boolean delete(String person, String id) {
        return database.jdbi().inTransaction(handle -> {
            int deleted = handle.createUpdate("DELETE FROM access_token WHERE id = :id AND person_id = :person")
                    .bind("id", id)
                    .bind("person", person)
                    .execute();
            if (deleted > 0) {
                changes.note(handle, AccessChange.Kind.PROOF, id, AccessChange.Reason.ENDED);
            }
            return deleted > 0;
        });
    }

    private static Owner owner(ResultSet row) throws SQLException {
        return new Owner(
                new User(row.getString("person_id"), row.getString("person_name"), false),
                Role.valueOf(row.getString("person_role")),
                row.getLong("last_access_change"));
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString("id"),
                row.getString("label"),
                Scope.valueOf(row.getString("scope")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "used_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
