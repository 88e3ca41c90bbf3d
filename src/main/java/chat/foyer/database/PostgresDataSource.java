package chat.foyer.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections to PostgreSQL, and while it is away keeps trying instead of failing. Made for a pool that opens one
 * connection after the other: after each failure HikariCP waits twice as long, up to 5 s, and opens none in that time
 * although the database is back. The failures of the first second are passed on, so that whoever waits learns the cause.
 */
final class PostgresDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private static final long TELLING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MILLIS = 300;

    private boolean failing;
    private long failingSince;

    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                Connection opened = super.getConnection();
                isFailing(false);
                return opened;
            } catch (SQLException e) {
                if (isFailing(true) < TELLING_NANOS || !pause()) {
                    throw e;
                }
            }
        }
    }

    /** Notes how the last attempt went; returns for how long there have been failures. */
    private synchronized long isFailing(boolean failed) {
        if (failed && !failing) {
            failingSince = System.nanoTime();
        }
        failing = failed;
        return failed ? System.nanoTime() - failingSince : 0;
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException poolIsClosing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
