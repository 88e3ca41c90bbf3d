package chat.foyer.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connects the pool to PostgreSQL and, while that is away, tries again by itself twice a second: the pool's own pauses
 * grow to five seconds and cannot be shortened, and as long as it pauses nobody gets a connection, even if PostgreSQL is
 * back. Failures of the first second are passed on, so that the pool can say what is wrong. Called by the one thread of
 * the pool that makes connections; ends when the pool interrupts it.
 */
final class PatientDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private static final long PASSED_ON_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MILLIS = 500;

    private transient boolean failing;
    private transient long failingSince;

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        while (true) {
            try {
                Connection connection = super.getConnection(user, password);
                failing = false;
                return connection;
            } catch (SQLException e) {
                long now = System.nanoTime();
                failingSince = failing ? failingSince : now;
                failing = true;
                if (now - failingSince < PASSED_ON_NANOS || !pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
