package chat.foyer.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.Cluster;
import chat.foyer.testing.Load;
import chat.foyer.testing.Node;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ResumingClient.Span;
import chat.foyer.testing.SameRef;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.checker.Checker;
import chat.foyer.testing.checker.ClientLog;
import chat.foyer.testing.checker.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** One of two nodes ends, stands still, or has a wrong clock. */
class NodeFaults extends OnCluster {

    private static final int STORM_CLIENTS = 2_000;
    private static final int STORM_ROOMS = 20;

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
            load.speak(crowd, 4);
            load.run(WARM_UP);
            Span before = load.during(Duration.ofSeconds(10));
            double longest = 0;
            for (int i = 0; i < 10; i++) {
                ServerProcess doomed = i % 2 == 0 ? cluster.one() : cluster.two();
                long killed = System.nanoTime();
                doomed.kill();
                load.run(Duration.ofSeconds(2));
                if (i == 0) {
                    load.run(Duration.ofSeconds(3));
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

    @Breaks(
            row = 5,
            fault = "one of two nodes stopped by SIGSTOP for 20 s",
            expected =
                    "order unaffected; it reads the heads again before it delivers: caught up ≤ 3 s; the other node's clients go on")
    void a_node_stands_still(Row row) {
        try (Load load = new Load()) {
            List<ResumingClient> awake =
                    load.room("still", Load.at(6, cluster.one().node()));
            List<ResumingClient> asleep =
                    load.join(awake, Load.at(6, cluster.two().node()));
            load.speak(awake, 5);
            load.speak(asleep, 5);
            load.run(WARM_UP);
            long stopped = System.nanoTime();
            cluster.two().pause();
            try {
                load.run(Duration.ofSeconds(20));
            } finally {
                cluster.two().resume();
            }
            long resumed = System.nanoTime();
            load.run(WARM_UP);
            Span meanwhile = new Span(stopped, resumed - SECONDS.toNanos(1));
            row.atMost(
                    "the others' own messages at most",
                    Load.percentile(100, awake, ResumingClient::echoes, meanwhile) / 1000,
                    10,
                    "s");
            row.atMost("caught up after", load.backlogMillis(asleep, resumed) / 1000, 3, "s");
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    @Breaks(
            row = 6,
            fault = "2,000 clients lose their node at once and come to the other",
            expected = "99 % back ≤ 30 s; the history is read per room, not per client")
    void a_storm_of_clients_comes_back(Row row) throws SQLException {
        cluster.awaitBus();
        try (Load load = new Load()) {
            List<ResumingClient> speakers = new ArrayList<>();
            for (int room = 0; room < STORM_ROOMS; room++) {
                List<List<Node>> crowd = new ArrayList<>(Collections.nCopies(
                        STORM_CLIENTS / STORM_ROOMS,
                        List.of(cluster.one().node(), cluster.two().node())));
                speakers.add(load.room("storm", crowd).get(0));
            }
            load.speak(speakers, 0.2); // every commit reads the table, too
            load.run(WARM_UP);
            long scans = scansOfMessages();
            long killed = System.nanoTime();
            cluster.one().kill();
            await("everybody back")
                    .atMost(PATIENCE)
                    .until(() -> load.outages(killed).size() >= STORM_CLIENTS);
            List<Double> millis =
                    load.outages(killed).stream().map(Span::millis).sorted().toList();
            row.atMost("99 % back after", millis.get(STORM_CLIENTS * 99 / 100) / 1000, 30, "s");
            row.measured("half of them after", millis.get(STORM_CLIENTS / 2) / 1000, "s");
            load.run(WARM_UP); // PostgreSQL tells its statistics late
            row.atMost(
                    "reads of the table of messages for each room",
                    (scansOfMessages() - scans) / (double) STORM_ROOMS,
                    30,
                    "");
            cluster.one().restart();
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    private static long scansOfMessages() throws SQLException {
        try (Connection connection = cluster.stored().connect()) {
            ResultSet row = connection
                    .createStatement()
                    .executeQuery("SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'message'");
            row.next();
            return row.getLong(1);
        }
    }

    @Breaks(
            row = 7,
            fault = "100 refs, each fired at both nodes at once, by socket and by REST",
            expected = "one row for each, and the same answer every time")
    void the_same_refs_are_fired_at_both_nodes(Row row) {
        String room = "same-" + UUID.randomUUID();
        ClientLog log = SameRef.fire(
                room, 100, List.of(cluster.one().node(), cluster.two().node()));
        row.measured("answers for each ref", log.answers().size() / 100.0, "");
        Verdict verdict = Checker.judge(List.of(log), cluster.stored().of(room));
        row.holds("there is one row for each", verdict.stored() == 100);
        row.judged(verdict);
    }

    @Breaks(
            row = 9,
            fault = "rolling restart under load: each node drained in 5 s, stopped and started again",
            expected = "closed with 1012 in waves; no send fails after 3 retries")
    void the_nodes_are_restarted_in_turn(Row row) {
        cluster.awaitBus();
        try (Load load = new Load()) {
            List<ResumingClient> crowd = load.room(
                    "rolling",
                    Load.byTurns(12, cluster.one().node(), cluster.two().node()));
            load.speak(crowd, 4);
            load.run(Duration.ofSeconds(5));
            long begun = System.nanoTime();
            for (ServerProcess server : List.of(cluster.one(), cluster.two())) {
                String answer = server.node()
                        .post("ops/drain?seconds=5", "", "Authorization", "Bearer " + Cluster.TOKEN)
                        .body();
                row.holds("nobody was left", answer.contains("\"left\":0"));
                server.stop();
                server.restart();
                cluster.awaitBus();
            }
            row.holds("1012 was said", load.goodbyes().contains("1012"));
            row.atMost(
                    "retries of one message at most",
                    crowd.stream().mapToInt(ResumingClient::mostTries).max().orElseThrow() - 1,
                    3,
                    "");
            row.atMost("longest without a connection", load.longestOutageMillis(begun) / 1000, 10, "s");
            row.judged(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }
}
