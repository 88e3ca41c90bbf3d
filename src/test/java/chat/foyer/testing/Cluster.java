package chat.foyer.testing;

import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.ServerProcess.Unusual;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two nodes with one PostgreSQL and one Redis, which can be broken one by one. */
public final class Cluster implements AutoCloseable {
    /** With which a node is drained. */
    public static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Cluster shared; // ends with this JVM

    private final PostgresProcess postgres;
    private final String database;
    private final CuttableProxy postgresNetwork;
    private final RedisProcess redis;
    private final CuttableProxy redisNetwork;
    private final ServerProcess one;
    private final ServerProcess two;

    private Cluster(PostgresProcess postgres, RedisProcess redis, Unusual first, Unusual second) {
        this.postgres = postgres;
        this.database = postgres.newDatabase();
        this.redis = redis;
        try {
            this.postgresNetwork = CuttableProxy.to(postgres.port());
            this.redisNetwork = CuttableProxy.to(redis.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.one = ServerProcess.start(Kind.current(), settings(), first);
        this.two = ServerProcess.start(Kind.current(), settings(), second);
        awaitBus();
    }

    private Map<String, String> settings() {
        return Map.of(
                "foyer.db.url",
                database.replace(":" + postgres.port(), ":" + postgresNetwork.port()),
                "foyer.db.user",
                postgres.user(),
                "foyer.redis.url",
                "redis://127.0.0.1:" + redisNetwork.port(),
                "foyer.admin-token",
                TOKEN,
                "foyer.setup-token",
                People.SETUP_TOKEN);
    }

    public static Cluster start() {
        return start(Unusual.not(), Unusual.not());
    }

    /** Starts the nodes in these ways. */
    public static Cluster start(Unusual first, Unusual second) {
        return new Cluster(PostgresProcess.start(), RedisProcess.start(), first, second);
    }

    /** The one that classes have in common, since starting it takes most of a minute; started and healed as needed. */
    static Cluster shared() {
        if (shared == null) {
            shared = start();
        } else {
            shared.heal();
        }
        return shared;
    }

    /** Undoes whatever the last test broke, and did not mend when it failed. */
    private void heal() {
        postgresNetwork.mend();
        redisNetwork.mend();
        if (!postgres.isAlive()) {
            postgres.restart();
        }
        if (!redis.isAlive()) {
            redis.restart();
        }
        for (ServerProcess node : List.of(one, two)) {
            if (node.process().isAlive()) {
                node.resume();
            } else {
                node.restart();
            }
        }
        awaitBus();
    }

    public Cluster awaitBus() {
        await("both nodes on the bus")
                .atMost(PATIENCE)
                .until(() -> one.node().busConnected() && two.node().busConnected());
        return this;
    }

    public ServerProcess one() {
        return one;
    }

    public ServerProcess two() {
        return two;
    }

    public PostgresProcess postgres() {
        return postgres;
    }

    public RedisProcess redis() {
        return redis;
    }

    /** What lies between the nodes and Redis. */
    public CuttableProxy redisNetwork() {
        return redisNetwork;
    }

    /** What lies between the nodes and PostgreSQL. */
    public CuttableProxy postgresNetwork() {
        return postgresNetwork;
    }

    /** What both nodes share, for a test that opens it itself. */
    public Map<String, String> databaseSettings() {
        return Map.of("foyer.db.url", database, "foyer.db.user", postgres.user());
    }

    public StoredMessages stored() {
        return StoredMessages.of(postgres, database);
    }

    /** How many entries both nodes have logged. */
    public long logEntries() {
        return one.logEntries() + two.logEntries();
    }

    @Override
    public void close() {
        if (this == shared) {
            shared = null;
        }
        one.close();
        two.close();
        try {
            redisNetwork.close();
            postgresNetwork.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        redis.close();
        postgres.close();
    }
}
