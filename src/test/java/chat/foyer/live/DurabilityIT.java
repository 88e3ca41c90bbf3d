package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Load;
import chat.foyer.testing.SameRef;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.StoredMessages;
import chat.foyer.testing.TwoNodes;
import chat.foyer.testing.checker.Checker;
import chat.foyer.testing.checker.ClientLog;
import chat.foyer.testing.checker.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Stored before shown, once, in one order, whatever breaks: the short form of the fault suite. */
class DurabilityIT extends TwoNodes {
    static void assertKept(Verdict verdict) {
        assertThat(verdict.acknowledged()).isPositive();
        assertThat(verdict.found()).as(verdict.toString()).isEmpty();
    }

    static void talk(Load load) {
        long answered = load.answered();
        await().atMost(PATIENCE).until(() -> load.answered() > answered + 100);
    }

    @Test
    void what_was_acknowledged_survives_kill_9_of_the_only_node() {
        try (ServerProcess server = ServerProcess.start(Kind.current(), Map.of());
                Load load = new Load()) {
            load.speak(load.room("only", Load.at(4, server.node())), 20);
            for (int round = 0; round < 3; round++) {
                talk(load);
                server.kill();
                server.restart();
            }
            talk(load);
            load.settle(PATIENCE);
            server.stop();
            assertKept(load.judge(StoredMessages.in(server.dataDirectory())));
        }
    }

    @Test
    void two_nodes_with_one_database_have_one_order_and_do_everything_once() {
        try (Load load = new Load()) {
            load.speak(load.room("both", Load.byTurns(4, one(), two())), 20);
            talk(load);
            sameRefAtBothNodes();
            withoutRedis();
            withoutDatabase();
            talk(load);
            cluster.one().kill();
            talk(load);
            assertKept(load.settle(PATIENCE).judge(cluster.stored()));
        }
    }

    private static void sameRefAtBothNodes() {
        String room = "same-" + UUID.randomUUID();
        ClientLog log = SameRef.fire(room, 10, List.of(one(), two()));
        Verdict verdict = Checker.judge(List.of(log), cluster.stored().of(room));
        assertKept(verdict);
        assertThat(verdict.stored()).isEqualTo(10);
    }

    private static void withoutRedis() {
        String room = "quiet-" + UUID.randomUUID();
        try (ChatClient here = ChatClient.plain(one(), room);
                ChatClient there = ChatClient.plain(two(), room)) {
            cluster.redis().kill();
            await().atMost(PATIENCE).until(() -> !one().busConnected() && !two().busConnected());
            here.says("said without Redis");
            here.hears("said without Redis");
            there.hears("said without Redis");
            cluster.redis().restart();
            cluster.awaitBus();
            there.says("and with it");
            there.hears("and with it");
            here.hears("and with it");
        }
    }

    private static void withoutDatabase() {
        try (ChatClient ana = ChatClient.rich(one(), "away-" + UUID.randomUUID())) {
            ana.nextEvent();
            ana.says("before");
            ana.hears("before");
            cluster.postgres().kill();
            long start = System.nanoTime();
            ana.says("not now");
            assertThat(ana.nextEvent().getString("code")).isEqualTo("unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            assertThat(one().get("ops/health/live").statusCode()).isEqualTo(200);
            assertThat(one().get("ops/health/ready").statusCode()).isEqualTo(503);
            assertThat(one().get("ops/health/ready").body()).contains("\"databaseAnswers\":false");
            assertThat(one().get("assets/js/room.js").statusCode()).isEqualTo(200);
            assertThat(one().get("api/v1/rooms").statusCode()).isEqualTo(503);
            cluster.postgres().restart();
            await().atMost(PATIENCE).until(() -> two().get("ops/health/ready").statusCode() == 200);
        }
    }
}
