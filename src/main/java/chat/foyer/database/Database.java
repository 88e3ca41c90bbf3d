package chat.foyer.database;

import chat.foyer.config.Configuration;
import chat.foyer.config.ConfigurationException;
import chat.foyer.config.Settings;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateResult;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of this installation: connected, migrated and checked at start. Thread-safe.
 *
 * <p>Nodes that start together migrate once: Flyway holds a lock of the database meanwhile.
 */
@ApplicationScoped
public class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    @Inject
    Configuration configuration;

    private DataSource source;
    private Jdbi jdbi;
    private Dialect dialect;
    private String description;
    private UUID epoch;
    private byte[] hintKey;

    /** Opens the database of this configuration without a container, for tools and tests. */
    public static Database open(Configuration configuration) {
        Database database = new Database();
        database.configuration = configuration;
        database.open();
        return database;
    }

    @PostConstruct
    void open() {
        source = DataSources.choose(configuration);
        try {
            connect();
            migrate();
            check();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void connect() {
        try (Connection connection = source.getConnection()) {
            dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
            description = connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new ConfigurationException(explain(e));
        }
        jdbi = Jdbi.create(source);
    }

    /** Why something failed, in one line for people: what its innermost cause says. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("").strip();
    }

    private String explain(SQLException failure) {
        String reason = reason(failure);
        if (configuration.get(Settings.DB_JNDI).isPresent()) {
            return Settings.DB_JNDI.key() + ": the data source gives no connection (" + reason + ")";
        }
        if (configuration.get(Settings.DB_URL).isPresent()) {
            return Settings.DB_URL.key() + ": the database cannot be reached (" + reason + ")";
        }
        return Settings.DATA_DIR.key() + ": the database file in " + configuration.get(Settings.DATA_DIR)
                + " cannot be opened; if another node uses it, give this one a directory of its own (" + reason + ")";
    }

    private void migrate() {
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(Map.of(
                        "epoch",
                        UUID.randomUUID().toString(),
                        "hintKey",
                        randomKey(),
                        "unlogged", // tables that need not survive a crash
                        dialect == Dialect.POSTGRESQL ? "UNLOGGED" : ""))
                .load();
        try {
            switch (configuration.get(Settings.DB_MIGRATE)) {
                case "true" -> flyway.migrate();
                case "validate" -> validate(flyway.validateWithResult());
                default -> LOG.debug("Migrations are off");
            }
        } catch (FlywayException e) {
            throw new ConfigurationException(Settings.DB_MIGRATE.key() + ": the tables cannot be brought up to date ("
                    + e.getMessage().lines().findFirst().orElse("") + ")");
        }
    }

    private static void validate(ValidateResult result) {
        if (!result.validationSuccessful) {
            throw new ConfigurationException(
                    Settings.DB_MIGRATE.key()
                            + ": the tables do not fit this version; let it migrate them by true, or run the migrations yourself");
        }
    }

    private static String randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    private void check() {
        jdbi.useHandle(handle -> handle.createQuery("SELECT epoch, hint_key FROM installation")
                .map((row, context) -> {
                    epoch = row.getObject("epoch", UUID.class);
                    hintKey = HexFormat.of().parseHex(row.getString("hint_key"));
                    return epoch;
                })
                .one());
        checkIsolation();
        switch (dialect) {
            case H2 -> checkH2();
            case POSTGRESQL -> checkPostgresql();
        }
    }

    /** Whoever has waited for a lock must see what its holder has done: at other levels it sees what was there before. */
    private void checkIsolation() {
        TransactionIsolationLevel level = jdbi.withHandle(Handle::getTransactionIsolationLevel);
        if (level != TransactionIsolationLevel.READ_COMMITTED) {
            String key = (configuration.get(Settings.DB_JNDI).isPresent() ? Settings.DB_JNDI : Settings.DB_URL).key();
            throw new ConfigurationException(
                    key + ": transactions run at the isolation level " + level
                            + ", and Foyer needs READ_COMMITTED; change it in the data source, or default_transaction_isolation of the database");
        }
    }

    private void checkH2() {
        String delay =
                setting("SELECT setting_value FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'");
        if (!"0".equals(delay)) {
            throw new ConfigurationException(Settings.DB_URL.key() + ": H2 runs with WRITE_DELAY=" + delay
                    + " and would lose acknowledged messages; add ;WRITE_DELAY=0");
        }
    }

    private void checkPostgresql() {
        if (!"on".equals(setting("SHOW fsync"))) {
            LOG.warn("PostgreSQL runs with fsync off: acknowledged messages do not survive a power failure");
        }
        if (!"on".equals(setting("SHOW synchronous_commit"))) {
            LOG.warn("PostgreSQL runs with synchronous_commit off: acknowledged messages may be lost when it crashes");
        }
    }

    private String setting(String query) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query).mapTo(String.class).findOne().orElse("unknown"));
    }

    /** For the stores: the way to run SQL. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /**
     * A connection to {@code foyer.db.url}, where that is set, for somebody who keeps it for long: none of the pool, so that it is
     * the driver's own and nobody misses it. The caller closes it.
     *
     * @throws SQLException when the database cannot be reached
     */
    public Connection connectApart() throws SQLException {
        return DataSources.postgresql(configuration, new PGSimpleDataSource()).getConnection();
    }

    /** The configuration by which it was opened. */
    public Configuration configuration() {
        return configuration;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Which database this is: made by the first migration, the same on all nodes that share it. */
    public UUID epoch() {
        return epoch;
    }

    /** The key with which nodes that share this database sign what they say on the bus. */
    public byte[] hintKey() {
        return hintKey.clone();
    }

    /** Whether the database answers within a second or so; waits for it. */
    public boolean answers() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether this node has the database for itself, in its data directory. */
    public boolean embedded() {
        return configuration.get(Settings.DB_URL).isEmpty()
                && configuration.get(Settings.DB_JNDI).isEmpty();
    }

    /** Product and version, for people. */
    public String description() {
        return embedded() ? "embedded " + description + ", for one node and small sites" : description;
    }

    @PreDestroy
    public void close() {
        if (source instanceof HikariDataSource pool) {
            pool.close();
        }
    }
}
