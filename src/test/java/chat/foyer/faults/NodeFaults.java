package chat.foyer.faults;

import chat.foyer.testing.Cluster;
import chat.foyer.testing.Load;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ResumingClient.Span;
import chat.foyer.testing.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two nodes ends, stands still, or has a wrong clock. */
@ExtendWith(FaultReport.class)
class NodeFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Breaks(
            row = 4,
            fault = "kill -9 of one of two nodes under load, 10 times",
            expected = "its clients are on the other node ≤ 10 s; the others' p99 ≤ 1.2× after 5 s")
    void a_node_is_killed(Row row) {
        try (Load load = new Load()) {
            List<ResumingClient> crowd = load.room(
                    "killed",
                    Load.byTurns(12, cluster.one().node(), cluster.two().node()));
            List<ResumingClient> survivors =
                    IntStream.range(0, 6).mapToObj(i -> crowd.get(2 * i + 1)).toList();
            load.speak(crowd, 10);
            load.run(WARM_UP);
            Span before = load.during(Duration.ofSeconds(10));
            double longest = 0;
            for (int i = 0; i < 10; i++) {
                ServerProcess doomed = i % 2 == 0 ? cluster.one() : cluster.two();
                long killed = System.nanoTime();
                doomed.kill();
                load.run(Duration.ofSeconds(5));
                if (i == 0) {
                    Span after = load.during(Duration.ofSeconds(10));
                    row.comparedTo("the others' p99", survivors, before, after, 1.2);
                }
                longest = Math.max(longest, load.longestOutageMillis(killed));
                doomed.restart();
                load.run(Duration.ofSeconds(1));
            }
            row.atMost("longest without a connection", longest / 1000, 10, "s");
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }
}
