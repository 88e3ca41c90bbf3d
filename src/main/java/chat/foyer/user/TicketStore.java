package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of socket tickets. Thread-safe.
 *
 * <p>Invariant: a ticket lets in once, whichever nodes are shown it: who deletes its row was first. It lets in nobody
 * whose access has changed since it was issued, be the change not yet told on this node. Its 30 seconds are the database's,
 * since the clocks of nodes differ.
 */
@ApplicationScoped
public class TicketStore {
    @Inject
    Database database;

    /** For tests, without a container. */
    static TicketStore of(Database database) {
        TicketStore store = new TicketStore();
        store.database = database;
        return store;
    }

    /** Keeps a ticket by its hash for whoever is known by this identity; returns when it expires. */
    Instant add(String hash, Identity holder) {
        return database.jdbi().inTransaction(handle -> {
            handle.execute("DELETE FROM socket_ticket WHERE expires_at < CURRENT_TIMESTAMP");
            handle.createUpdate("""
                            INSERT INTO socket_ticket
                                (hash, person_id, proof_kind, proof_id, scope, proof_ends, as_of, expires_at)
                            VALUES (:hash, :person, :kind, :proof, :scope, :ends, :asOf,
                                    CURRENT_TIMESTAMP + INTERVAL '30' SECOND)
                            """)
                    .bind("hash", hash)
                    .bind("person", holder.user().id())
                    .bind("kind", holder.proof().kind().name())
                    .bind("proof", holder.proof().id())
                    .bind("scope", holder.proof().scope().name())
                    .bind("ends", holder.proof().expiresAt().map(SqlTime::of).orElse(null))
                    .bind("asOf", holder.asOf())
                    .execute();
            return handle.createQuery("SELECT expires_at FROM socket_ticket WHERE hash = :hash")
                    .bind("hash", hash)
                    .map((row, context) -> instant(row, "expires_at").orElseThrow())
                    .one();
        });
    }

    /** Takes the ticket of this hash, for good; empty when it is none, was taken, has expired or was voided. */
    Optional<Identity> take(String hash) {
        return database.jdbi().inTransaction(handle -> {
            Optional<Identity> holder = holder(handle, hash);
            int deleted = handle.createUpdate("DELETE FROM socket_ticket WHERE hash = :hash")
                    .bind("hash", hash)
                    .execute();
            return holder.filter(known -> deleted == 1);
        });
    }

    private static Optional<Identity> holder(Handle handle, String hash) {
        return handle.createQuery("""
                        SELECT p.id, p.name, p.role, p.language, t.proof_kind, t.proof_id, t.scope, t.proof_ends,
                               i.last_access_change
                        FROM socket_ticket t
                        JOIN person p ON p.id = t.person_id AND p.disabled_at IS NULL
                        CROSS JOIN installation i
                        WHERE t.hash = :hash AND t.expires_at > CURRENT_TIMESTAMP
                          AND (t.proof_ends IS NULL OR t.proof_ends > CURRENT_TIMESTAMP)
                          AND NOT EXISTS (
                              SELECT 1 FROM access_change c
                              WHERE c.number > t.as_of
                                AND (c.kind = 'USER' AND c.subject = t.person_id
                                     OR c.kind = 'PROOF' AND c.subject = t.proof_id))
                        """)
                .bind("hash", hash)
                .map((row, context) -> new Identity(
                        new User(row.getString("id"), row.getString("name"), false),
                        Role.valueOf(row.getString("role")),
                        Optional.of(row.getString("language")),
                        new Proof(
                                Proof.Kind.valueOf(row.getString("proof_kind")),
                                row.getString("proof_id"),
                                Scope.valueOf(row.getString("scope")),
                                instant(row, "proof_ends")),
                        row.getLong("last_access_change")))
                .findOne();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
