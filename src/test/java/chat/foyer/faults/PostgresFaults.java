package chat.foyer.faults;

import chat.foyer.testing.Load;
import chat.foyer.testing.ResumingClient;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/** PostgreSQL is killed, cannot be reached, or does not get on, while two nodes are under load. */
class PostgresFaults extends OnCluster {
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private static List<ResumingClient> crowd(Load load) {
        List<ResumingClient> crowd = load.room(
                "base", Load.byTurns(8, cluster.one().node(), cluster.two().node()));
        load.speak(crowd, 20);
        load.run(A_WHILE);
        return crowd;
    }

    @Breaks(
            row = 30,
            fault = "kill -9 of PostgreSQL under load, 5 times, each time away for 3 s",
            expected = "first acknowledgement ≤ 5 s after its return; unknown commits settled by ref")
    void postgresql_is_killed(Row row) {
        try (Load load = new Load()) {
            crowd(load);
            double longest = 0;
            for (int i = 0; i < 5; i++) {
                cluster.postgres().kill();
                load.run(Duration.ofSeconds(3));
                cluster.postgres().restart();
                longest = Math.max(longest, millisToStored(System.nanoTime()));
                load.run(A_WHILE);
            }
            row.atMost("first answer after its return", longest / 1000, 5, "s");
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    @Breaks(
            row = 31,
            fault = "the table of messages locked for 15 s",
            expected = "refused or late, never falsely acknowledged; recovery ≤ 10 s")
    void the_table_is_locked(Row row) throws Exception {
        try (Load load = new Load()) {
            crowd(load);
            long logged = cluster.logEntries();
            try (Connection other = cluster.stored().connect()) {
                other.setAutoCommit(false);
                other.createStatement().execute("LOCK TABLE message IN ACCESS EXCLUSIVE MODE");
                load.run(Duration.ofSeconds(15));
                other.rollback();
            }
            long unlocked = System.nanoTime();
            row.atMost("first answer after", millisToStored(unlocked) / 1000, 10, "s");
            load.run(A_WHILE);
            row.atMost("log lines per second and node", (cluster.logEntries() - logged) / 20.0 / 2, 3, "");
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    @Breaks(
            row = 32,
            fault = "the network to PostgreSQL half-open for 15 s: nothing arrives, nobody is told",
            expected = "refused or late, never falsely acknowledged; recovery ≤ 10 s")
    void the_network_to_postgresql_is_half_open(Row row) {
        try (Load load = new Load()) {
            crowd(load);
            cluster.postgresNetwork().plug();
            load.run(Duration.ofSeconds(15));
            cluster.postgresNetwork().mend();
            row.atMost("first answer after", millisToStored(System.nanoTime()) / 1000, 10, "s");
            load.run(A_WHILE);
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    private static double millisToStored(long since) {
        return Math.max(
                Load.millisToStored(cluster.one().node(), since),
                Load.millisToStored(cluster.two().node(), since));
    }
}
