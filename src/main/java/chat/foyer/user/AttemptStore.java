package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of attempts that may be guesses. Thread-safe.
 *
 * <p>Invariant: an attempt counts as failed before it is made, in one transaction with the question whether it may be made;
 * so however many come at once, no more are made than one after the other. The database's clock decides, since nodes'
 * clocks differ.
 */
@ApplicationScoped
public class AttemptStore {
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);
    private static final Instant LONG_AGO = Instant.EPOCH;

    @Inject
    Database database;

    /** For tests, without a container. */
    static AttemptStore of(Database database) {
        AttemptStore store = new AttemptStore();
        store.database = database;
        return store;
    }

    /**
     * By what attempts are counted together. Immutable.
     *
     * @param subject names it, hashed
     * @param free how many may fail before the next has to wait
     * @param longest the longest that it has to wait
     */
    record Count(String subject, long free, Duration longest) {
        /** When the next may be made: after a second, and twice as long with each further failure. */
        private Instant freeAt(long failures, Instant now) {
            long over = failures - free;
            if (over <= 0) {
                return LONG_AGO; // not now: attempts that began before this one and waited for it would be too early
            }
            long seconds = 1L << Math.min(over - 1, 20);
            return now.plusSeconds(Math.min(seconds, longest.toSeconds()));
        }
    }

    private record Row(long failures, Instant freeAt) {}

    /** Counts an attempt as failed; how long to wait instead when it must not be made now, and then nothing is counted. */
    Optional<Duration> begin(List<Count> counts) {
        List<Count> inOrder = new ArrayList<>(counts);
        inOrder.sort(Comparator.comparing(Count::subject)); // two attempts that share counts wait, and do not deadlock
        return database.jdbi().inTransaction(handle -> {
            Instant now = handle.createQuery("SELECT CURRENT_TIMESTAMP")
                    .mapTo(OffsetDateTime.class)
                    .one()
                    .toInstant();
            List<Row> rows = new ArrayList<>();
            for (Count count : inOrder) {
                rows.add(lock(handle, count.subject(), now));
            }
            Optional<Duration> wait = rows.stream()
                    .map(row -> Duration.between(now, row.freeAt()))
                    .filter(left -> !left.isNegative() && !left.isZero())
                    .max(Comparator.naturalOrder());
            if (wait.isEmpty()) {
                for (int i = 0; i < rows.size(); i++) {
                    fail(handle, inOrder.get(i), rows.get(i).failures() + 1, now);
                }
            }
            return wait;
        });
    }

    private static Row lock(Handle handle, String subject, Instant now) {
        handle.createUpdate("""
                        INSERT INTO attempt (subject, failures, tried_at, free_at) VALUES (:subject, 0, :now, :longAgo)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("subject", subject)
                .bind("now", SqlTime.of(now))
                .bind("longAgo", SqlTime.of(LONG_AGO))
                .execute();
        return handle.createQuery("SELECT failures, tried_at, free_at FROM attempt WHERE subject = :subject FOR UPDATE")
                .bind("subject", subject)
                .map((row, context) -> {
                    Instant triedAt =
                            row.getObject("tried_at", OffsetDateTime.class).toInstant();
                    boolean forgotten = triedAt.isBefore(now.minus(FORGOTTEN));
                    return new Row(
                            forgotten ? 0 : row.getLong("failures"),
                            row.getObject("free_at", OffsetDateTime.class).toInstant());
                })
                .one();
    }

    private static void fail(Handle handle, Count count, long failures, Instant now) {
        handle.createUpdate("""
                        UPDATE attempt SET failures = :failures, tried_at = :now, free_at = :freeAt
                        WHERE subject = :subject
                        """)
                .bind("failures", failures)
                .bind("now", SqlTime.of(now))
                .bind("freeAt", SqlTime.of(count.freeAt(failures, now)))
                .bind("subject", count.subject())
                .execute();
    }

    /** The attempt has succeeded: it was no failure, and those of the first count before it were slips. */
    void succeeded(List<Count> counts) {
        database.jdbi().useTransaction(handle -> {
            handle.execute(
                    "DELETE FROM attempt WHERE subject = ?", counts.get(0).subject());
            for (Count count : counts.subList(1, counts.size())) {
                handle.createUpdate("""
                                UPDATE attempt SET failures = failures - 1, free_at = :longAgo
                                WHERE subject = :subject AND failures > 0
                                """)
                        .bind("longAgo", SqlTime.of(LONG_AGO))
                        .bind("subject", count.subject())
                        .execute();
            }
            handle.createUpdate("DELETE FROM attempt WHERE tried_at < :old")
                    .bind("old", SqlTime.of(Instant.now().minus(Duration.ofDays(1))))
                    .execute();
        });
    }
}
