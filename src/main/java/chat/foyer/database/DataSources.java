package chat.foyer.database;

import chat.foyer.config.Configuration;
import chat.foyer.config.ConfigurationException;
import chat.foyer.config.Settings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Chooses the data source: the server's own by its JNDI name, else a pool of ours to {@code foyer.db.url}, else a file
 * in the data directory.
 */
final class DataSources {
    /**
     * WRITE_DELAY=0 makes H2 write at every commit; without it a killed process loses what it has acknowledged
     * (measured: thousands of rows, in every run). A commit writes whole pages, one for every room that it touches, so
     * they are small.
     */
    private static final String EMBEDDED = "jdbc:h2:file:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
            + "DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;PAGE_SIZE=4096";

    /**
     * Every query of ours has an index to go by. A plan made while a table was small, or before there were statistics,
     * scans it and is kept for as long as the connection (measured: 900 messages stored a second instead of 18,000, until
     * the first autovacuum). Where a table of one row has no index, that makes its plan look so expensive that it would be
     * compiled first, for longer than anything here ever runs (measured: half a second for every request). And a node that
     * stands still in the midst of a transaction must not hold up the rooms it has locked for long.
     */
    private static final String SESSION =
            "SET enable_seqscan = off; SET jit = off; SET idle_in_transaction_session_timeout = '3s'";

    /** What we want of the driver, unless the URL says something else. */
    private static final Map<PGProperty, String> UNLESS_GIVEN = Map.of(
            PGProperty.REWRITE_BATCHED_INSERTS, "true", // one round trip for a batch
            PGProperty.CONNECT_TIMEOUT, "2",
            PGProperty.SOCKET_TIMEOUT, "10", // a server that hangs must not hang a commit lane
            PGProperty.TCP_KEEP_ALIVE, "true",
            PGProperty.APPLICATION_NAME, "foyer");

    private static final int POOL_SIZE = 10;
    private static final long CONNECT_MILLIS = 2_000; // how long somebody waits at most to learn that it is away
    private static final long VALIDATE_MILLIS = 1_000;

    private DataSources() {}

    static DataSource choose(Configuration configuration) {
        if (configuration.get(Settings.DB_JNDI).isPresent()) {
            return lookUp(configuration.get(Settings.DB_JNDI).get());
        }
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("foyer");
        pool.setMaximumPoolSize(POOL_SIZE);
        pool.setConnectionTimeout(CONNECT_MILLIS);
        pool.setValidationTimeout(VALIDATE_MILLIS);
        pool.setInitializationFailTimeout(-1); // Database reports what is wrong, in one line
        pool.setAutoCommit(true);
        if (configuration.get(Settings.DB_URL).isPresent()) {
            pool.setDataSource(postgresql(configuration, new PatientDataSource()));
            pool.setConnectionInitSql(SESSION);
        } else {
            Path file = configuration.get(Settings.DATA_DIR).resolve("foyer");
            pool.setJdbcUrl(EMBEDDED.formatted(file));
            pool.setDriverClassName("org.h2.Driver");
            pool.setUsername("foyer");
            pool.setPassword("");
            pool.setConnectionTestQuery("SELECT 1"); // see ClosedDatabase
            pool.setExceptionOverride(new ClosedDatabase());
        }
        return new HikariDataSource(pool);
    }

    /**
     * When it cannot write, for a full disk say, H2 closes the database under the connections, which go on to call
     * themselves valid. The next new connection opens the file again, so the old ones must go: each when it fails, and
     * the rest when a query proves them dead.
     */
    private static final class ClosedDatabase implements SQLExceptionOverride {
        @java.lang.Override // the interface has an Override of its own
        public Override adjudicate(SQLException failure) {
            return switch (failure.getErrorCode()) {
                case ErrorCode.DATABASE_IS_CLOSED, ErrorCode.DATABASE_CALLED_AT_SHUTDOWN, ErrorCode.IO_EXCEPTION_1 ->
                    Override.MUST_EVICT;
                default -> Override.CONTINUE_EVICT;
            };
        }
    }

    /** Tells a data source of the driver where {@code foyer.db.url} is. */
    static PGSimpleDataSource postgresql(Configuration configuration, PGSimpleDataSource source) {
        String url = configuration.get(Settings.DB_URL).get();
        source.setURL(url);
        configuration.get(Settings.DB_USER).ifPresent(source::setUser);
        configuration.get(Settings.DB_PASSWORD).ifPresent(source::setPassword);
        Properties given = Driver.parseURL(url, null);
        UNLESS_GIVEN.forEach((property, value) -> {
            if (!property.isPresent(given)) {
                source.setProperty(property, value);
            }
        });
        return source;
    }

    private static DataSource lookUp(String name) {
        try {
            return (DataSource) new InitialContext().lookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new ConfigurationException(Settings.DB_JNDI.key() + ": the server has no data source of the name "
                    + name + "; define it, or set " + Settings.DB_URL.key() + " instead");
        }
    }
}
