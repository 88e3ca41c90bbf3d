package chat.foyer.testing;

import chat.foyer.database.Database;
import chat.foyer.database.Dialect;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;

/** Brings transactions together: tells when others wait for the locks of one that the test holds open. */
public final class LockWaits {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of many who want one row only the first waits for its holder, and the others for the first. */
    private static final String ON_POSTGRESQL = """
            SELECT COUNT(DISTINCT waits.pid) FROM pg_locks waits, unnest(pg_blocking_pids(waits.pid)) blocker
            WHERE NOT waits.granted AND (blocker = pg_backend_pid() OR pg_backend_pid() = ANY(pg_blocking_pids(blocker)))
            """;

    private static final String ON_H2 = "SELECT COUNT(*) FROM information_schema.sessions WHERE blocker_id IS NOT NULL";

    private LockWaits() {}

    /**
     * Waits until so many transactions, one or two, wait behind this one, or the last of them is over without having waited.
     * It is asked by the connection that holds the locks, since PostgreSQL ends one that does nothing for a while.
     */
    public static void await(Handle holder, Database database, int transactions, CompletableFuture<?> last) {
        String count = database.dialect() == Dialect.H2 ? ON_H2 : ON_POSTGRESQL;
        Awaitility.await("somebody who waits for a lock")
                .atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> last.isDone()
                        || holder.createQuery(count).mapTo(Integer.class).one() >= transactions);
    }
}
