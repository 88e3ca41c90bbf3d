package chat.foyer.user;

import chat.foyer.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of access changes. Thread-safe.
 *
 * <p>A change takes its number under the lock of the installation's row, in the transaction that makes it true; so who
 * has read up to a number has read all before it.
 */
@ApplicationScoped
public class AccessChangeStore {
    /** Nobody asks for older ones: an identity lives shorter, and a node that was away longer has no connections left. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final String LAST = "SELECT last_access_change FROM installation";

    @Inject
    Database database;

    /** Notes in this transaction that somebody's access changes; call {@link AccessChanges#announce} after the commit. */
    public void note(Handle handle, AccessChange.Kind kind, String subject, AccessChange.Reason reason) {
        handle.execute("UPDATE installation SET last_access_change = last_access_change + 1");
        handle.createUpdate("""
                        INSERT INTO access_change (number, kind, subject, reason, at)
                        VALUES ((SELECT last_access_change FROM installation), :kind, :subject, :reason, CURRENT_TIMESTAMP)
                        """)
                .bind("kind", kind.name())
                .bind("subject", subject)
                .bind("reason", reason.name())
                .execute();
    }

    /** Takes the lock that every change takes, before other rows that are locked after it. */
    void lock(Handle handle) {
        handle.execute("UPDATE installation SET last_access_change = last_access_change");
    }

    /** The number of the last change. */
    long last() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(LAST).mapTo(Long.class).one());
    }

    /** The changes after this number, in order. */
    List<AccessChange> after(long number) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT number, kind, subject, reason FROM access_change
                                WHERE number > :number ORDER BY number
                                """)
                        .bind("number", number)
                        .map((row, context) -> new AccessChange(
                                row.getLong("number"),
                                AccessChange.Kind.valueOf(row.getString("kind")),
                                row.getString("subject"),
                                AccessChange.Reason.valueOf(row.getString("reason"))))
                        .list());
    }

    void deleteOld() {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("DELETE FROM access_change WHERE at < :limit")
                        .bind("limit", OffsetDateTime.now(ZoneOffset.UTC).minus(KEPT))
                        .execute());
    }
}
