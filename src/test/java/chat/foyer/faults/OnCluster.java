package chat.foyer.faults;

import chat.foyer.testing.Cluster;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that break something of two nodes with one PostgreSQL and one Redis, and mend it. */
@ExtendWith(FaultReport.class)
abstract class OnCluster {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Duration WARM_UP = Duration.ofSeconds(10);

    static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }
}
