package chat.foyer.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A test of two nodes that share a PostgreSQL and a Redis; the tests of a class share the nodes and run in the order of
 * their names, so that one which takes something away for good comes last. Not thread-safe: one class at a time.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
public abstract class TwoNodes {
    /** What a test waits is how long a loaded machine may take. */
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    protected static Cluster cluster;

    @BeforeAll
    static void startNodes() {
        cluster = Cluster.start();
    }

    @AfterAll
    static void stopNodes() {
        cluster.close();
    }

    protected static Node one() {
        return cluster.one().node();
    }

    protected static Node two() {
        return cluster.two().node();
    }

    /** Takes Redis away from both nodes, for good. */
    protected static void loseRedis() {
        cluster.redisNetwork().cut();
        await("the loss of Redis").atMost(PATIENCE).until(() -> !one().busConnected() && !two().busConnected());
    }
}
