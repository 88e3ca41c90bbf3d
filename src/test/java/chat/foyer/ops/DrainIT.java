package chat.foyer.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Taking a node out of service: by request, and by stopping the server. */
class DrainIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> SETTINGS = Map.of("foyer.admin-token", TOKEN);
    private static final int CLIENTS = 60;

    private static HttpResponse<String> drain(Node node, String token, int seconds) {
        return node.post("ops/drain?seconds=" + seconds, "", "Authorization", "Bearer " + token);
    }

    private static List<ChatClient> clients(Node node, String room) {
        List<ChatClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ChatClient client = ChatClient.rich(node, room);
            client.nextEvent();
            clients.add(client);
        }
        return clients;
    }

    @Test
    void a_drained_node_takes_nobody_in_sends_everybody_away_in_turn_and_loses_nothing() {
        try (ServerProcess server = ServerProcess.start(Kind.current(), SETTINGS)) {
            Node node = server.node();
            assertThat(drain(node, "wrong", 3).statusCode()).isEqualTo(403);
            assertThat(node.post("ops/drain", "").body()).contains("foyer.admin-token");
            assertThat(drain(node, TOKEN, 301).statusCode()).isEqualTo(400);
            assertThat(node.get("ops/health/ready").statusCode()).isEqualTo(200);

            List<ChatClient> clients = clients(node, "lobby");
            CompletableFuture<HttpResponse<String>> drained =
                    CompletableFuture.supplyAsync(() -> drain(node, TOKEN, 8));
            await().until(() -> node.get("ops/health/ready").statusCode() == 503);
            assertThat(ChatClient.refusal(node, "ws/chat/lobby/")).isEqualTo(503);
            HttpResponse<String> refused =
                    node.post("api/v1/rooms/lobby/messages", "{\"message\":\"hi\"}", "Idempotency-Key", "one");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("restarting");
            assertThat(clients.stream().anyMatch(DrainIT::isAnswered))
                    .as("who is still there is still served")
                    .isTrue();

            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            clients.stream().filter(ChatClient::isConnected).count() < CLIENTS);
            assertThat(clients).as("not all at once").anyMatch(ChatClient::isConnected);
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.isSentAway().code()).isEqualTo(1012));
            assertThat(drained.join().statusCode()).isEqualTo(200);
            assertThat(drained.join().body())
                    .contains("\"connections\":" + CLIENTS)
                    .contains("\"left\":0");
            assertThat(node.get("ops/health/live").statusCode()).isEqualTo(200);
            assertThat(node.get("api/v1/rooms/lobby/messages").body())
                    .as("what was said while it drained was stored")
                    .contains("still here");
        }
    }

    /** Whether what this client says is shown to it, before it is sent away. */
    private static boolean isAnswered(ChatClient client) {
        try {
            client.says("still here");
            return client.hears(1).contains("still here");
        } catch (CompletionException | AssertionError sentAway) {
            return false;
        }
    }

    @Test
    void a_server_that_is_told_to_stop_sends_everybody_away_in_order() {
        try (ServerProcess server = ServerProcess.start(Kind.current(), SETTINGS)) {
            List<ChatClient> clients = clients(server.node(), "lobby");
            server.process().destroy(); // SIGTERM
            // Undertow closes all sockets with 1001 before anything of ours is told; both codes ask to come back
            int code = Kind.current() == Kind.WILDFLY ? 1001 : 1012;
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.isSentAway().code()).isEqualTo(code));
            await().atMost(Duration.ofSeconds(30)).until(() -> !server.process().isAlive());
        }
    }
}
