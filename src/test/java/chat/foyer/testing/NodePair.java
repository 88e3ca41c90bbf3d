package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A test of two nodes that share a PostgreSQL and a Redis. The tests of a class run in the order of their names, so that one
 * which takes something away comes last. Not thread-safe: one class at a time.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
public abstract class NodePair {
    /** What a test waits is how long a loaded machine may take. */
    protected static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Set by the class before its first test. */
    protected static Cluster cluster;

    protected static Node one() {
        return cluster.one().node();
    }

    protected static Node two() {
        return cluster.two().node();
    }

    /**
     * That this is over within the limit. A machine that stands still for a moment says nothing of a promise, so of two
     * measurements the better one counts; whoever breaks the promise does so both times.
     *
     * @param measure what takes this long, with names of its own each time
     */
    protected static void assertWithin(Duration limit, Supplier<Duration> measure) {
        if (measure.get().compareTo(limit) >= 0) {
            assertThat(measure.get()).as("the second time, too").isLessThan(limit);
        }
    }

    /** Takes Redis away from both nodes, as long as this class has them. */
    protected static void loseRedis() {
        cluster.redisNetwork().cut();
        await("the loss of Redis").atMost(PATIENCE).until(() -> !one().busConnected() && !two().busConnected());
    }
}
