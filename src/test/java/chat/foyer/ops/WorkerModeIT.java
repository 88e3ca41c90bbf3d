package chat.foyer.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Cluster;
import chat.foyer.testing.Node;
import chat.foyer.testing.OwnNodes;
import chat.foyer.testing.PatchedWar;
import chat.foyer.testing.People;
import chat.foyer.testing.ServerProcess.Unusual;
import chat.foyer.testing.consumers.BenchServlet;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node for people and one that only works, and whether events travel between them; Redis goes last. */
class WorkerModeIT extends OwnNodes {
    @BeforeAll
    static void start() {
        Path war = PatchedWar.built().with(BenchServlet.class).war();
        cluster = Cluster.start(inMode("web", war), inMode("worker", war));
    }

    private static Unusual inMode(String mode, Path war) {
        return Unusual.not().with(Map.of("FOYER_MODE", mode)).withWar(war);
    }

    private static Node web() {
        return one();
    }

    private static Node worker() {
        return two();
    }

    private static HttpResponse<String> selfTest(Node node, String token) {
        return node.post("ops/self-test", "", "Authorization", "Bearer " + token);
    }

    private static JsonObject details(Node node) {
        return People.json(node.get("ops/health/ready")).getJsonObject("details");
    }

    @Test
    void a_greeting_comes_back_on_every_node_and_the_health_report_says_so() {
        for (Node node : List.of(web(), worker())) {
            HttpResponse<String> answer = selfTest(node, Cluster.TOKEN);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(People.json(answer).getString("status")).isEqualTo("passed");
            assertThat(selfTest(node, "wrong").statusCode()).isEqualTo(403);
            await().atMost(PATIENCE)
                    .until(() -> details(node).getString("selfTest").equals("passed"));
        }
    }

    @Test
    void nodes_that_greet_at_the_same_time_all_hear_something() {
        assertThat(Stream.generate(() -> List.of(web(), worker()))
                        .limit(10)
                        .flatMap(List::stream)
                        .parallel()
                        .map(node -> selfTest(node, Cluster.TOKEN).statusCode()))
                .hasSize(20)
                .containsOnly(200);
    }

    @Test
    void the_worker_does_what_the_node_for_people_leaves() {
        assertThat(details(web()).getString("mode")).isEqualTo("web");
        assertThat(web().reports("consumers")).isZero();
        assertThat(worker().reports("consumers")).isPositive();
        String room = "room-" + UUID.randomUUID();
        int before = worker().reports("eventsHandled");
        try (ChatClient ana = ChatClient.plain(web(), room)) {
            String event = "{\"room\":\"%s\",\"message\":\"done\"}".formatted(room);
            assertThat(web().post("ops/bench/chat-messages", event).statusCode())
                    .isEqualTo(204);
            ana.hears("done");
            ana.says("/help");
            assertThat(ana.hears(2).get(1)).contains("the bot of this site");
        }
        await().atMost(PATIENCE).until(() -> worker().reports("eventsHandled") == before + 1);
    }

    @Test
    void the_worker_has_no_pages_no_sockets_and_no_api() {
        for (String path : List.of("", "chat/", "chat/lobby/", "sign-in", "assets/js/room.js", "api/v1/me", "setup")) {
            HttpResponse<String> answer = worker().get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).contains("foyer.mode");
        }
        assertThat(ChatClient.refusal(worker(), "ws/chat/lobby/")).isEqualTo(404);
        for (String path : List.of("live", "started", "ready")) {
            assertThat(worker().get("ops/health/" + path).statusCode()).isEqualTo(200);
        }
        assertThat(cluster.two().log()).contains("this node is a worker").doesNotContain("/setup?token=");
    }

    @Test
    void z_a_lost_redis_fails_the_test_and_leaves_the_node_ready() {
        loseRedis();
        HttpResponse<String> answer = selfTest(web(), Cluster.TOKEN);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(People.json(answer).getString("status")).isEqualTo("failed");
        await().atMost(PATIENCE)
                .until(() -> !details(web()).getString("selfTest").equals("passed"));
        assertThat(web().get("ops/health/ready").statusCode()).isEqualTo(200);
    }
}
