package chat.foyer.faults;

import static org.awaitility.Awaitility.await;

import chat.foyer.testing.Load;
import chat.foyer.testing.Node;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ResumingClient.Span;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Redis is gone, stands still, refuses or cannot be reached, while two nodes with one database go on. */
class RedisFaults extends OnCluster {
    private static final Duration QUIET = Duration.ofSeconds(8);
    private static final Duration TROUBLE = Duration.ofSeconds(30);
    private static final String PROMISE =
            "posted to on one node: p99 ≤ 1.1×; on both: ≤ 100 ms for one's own messages; "
                    + "detected ≤ 6 s; between nodes ≤ 2.5 s meanwhile; caught up ≤ 3 s; log ≤ 1 line/s";

    @Breaks(row = 10, fault = "Redis down for 30 s and restarted empty", expected = PROMISE)
    void redis_is_down(Row row) {
        trouble(row, cluster.redis()::kill, cluster.redis()::restart);
    }

    @Breaks(row = 11, fault = "Redis stopped by SIGSTOP for 30 s", expected = PROMISE)
    void redis_stands_still(Row row) {
        trouble(row, cluster.redis()::pause, cluster.redis()::resume);
    }

    @Breaks(
            row = 12,
            fault = "the network to Redis half-open for 30 s: nothing arrives, nobody is told",
            expected = PROMISE)
    void the_network_to_redis_is_half_open(Row row) {
        trouble(row, cluster.redisNetwork()::plug, cluster.redisNetwork()::mend);
    }

    @Breaks(row = 13, fault = "Redis at maxclients for 30 s", expected = PROMISE)
    void redis_is_full(Row row) {
        trouble(row, cluster.redis()::refuse, cluster.redis()::admit);
    }

    @Breaks(
            row = 14,
            fault = "CLIENT KILL of both nodes' subscribers 20 times in 10 s",
            expected = "between nodes ≤ 2.5 s meanwhile; caught up ≤ 3 s; log ≤ 1 line/s")
    void subscribers_are_killed_again_and_again(Row row) {
        Node one = cluster.one().node();
        Node two = cluster.two().node();
        cluster.awaitBus();
        try (Load load = new Load()) {
            List<ResumingClient> all = load.room("killed", Load.byTurns(8, one, two));
            load.speak(all, 10);
            load.run(WARM_UP);
            long logged = cluster.logEntries();
            long broken = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                cluster.redis().command("CLIENT", "KILL", "TYPE", i % 2 == 0 ? "pubsub" : "normal");
                load.run(Duration.ofMillis(500));
            }
            long mended = System.nanoTime();
            long entries = cluster.logEntries() - logged;
            load.run(QUIET);
            row.atMost(
                    "between nodes at most",
                    Load.percentile(100, all, ResumingClient::deliveries, new Span(broken, mended)) / 1000,
                    2.5,
                    "s");
            row.atMost("caught up after", load.backlogMillis(all, mended) / 1000, 3, "s");
            row.atMost("log lines per second and node", entries / seconds(mended - broken) / 2, 1, "");
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    private static void trouble(Row row, Runnable breaks, Runnable mends) {
        Node one = cluster.one().node();
        Node two = cluster.two().node();
        cluster.awaitBus();
        try (Load load = new Load()) {
            List<ResumingClient> hereSpeakers = load.room("here", Load.at(4, one));
            List<ResumingClient> bothOne = load.room("both", Load.byTurns(8, one, two));
            List<ResumingClient> there = load.join(hereSpeakers, Load.at(4, two));
            load.speak(hereSpeakers, 10);
            load.speak(bothOne, 10);
            load.run(WARM_UP);
            Span before = load.during(QUIET);

            long logged = cluster.logEntries();
            long broken = System.nanoTime();
            breaks.run();
            await("both nodes notice")
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !one.busConnected() && !two.busConnected());
            long noticed = System.nanoTime();
            load.run(TROUBLE.minusNanos(noticed - broken));
            mends.run();
            long mended = System.nanoTime();
            long entries = cluster.logEntries() - logged;
            cluster.awaitBus();
            long back = System.nanoTime();
            load.run(QUIET);

            List<ResumingClient> all =
                    Stream.concat(there.stream(), bothOne.stream()).toList();
            Span without = new Span(broken, mended);
            Span afterNoticed = new Span(noticed, mended);
            row.atMost("noticed after", seconds(noticed - broken), 6, "s");
            row.comparedTo("own p99, posted to on one node", hereSpeakers, before, without, 1.1);
            row.atMost(
                    "own p99, posted to on both",
                    Load.percentile(99, bothOne, ResumingClient::echoes, without),
                    100,
                    "ms");
            row.atMost(
                    "between nodes at most",
                    Load.percentile(100, all, ResumingClient::deliveries, afterNoticed) / 1000,
                    2.5,
                    "s");
            row.measured(
                    "between nodes before it was noticed at most",
                    Load.percentile(100, all, ResumingClient::deliveries, new Span(broken, noticed)) / 1000,
                    "s");
            row.measured("on the bus again after", seconds(back - mended), "s");
            row.atMost("caught up after", load.backlogMillis(all, mended) / 1000, 3, "s");
            row.atMost("log lines per second and node", entries / seconds(mended - broken) / 2, 1, "");
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
