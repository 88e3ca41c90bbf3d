package chat.foyer.account;

import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.TwoNodes;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens and tickets of one node at the other, with Redis and without. */
class ProgramsClusterIT extends TwoNodes {
    private static Someone ana;

    private final String room = "programs-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        ana = People.of(one()).member("Ana");
    }

    @Test
    void a_ticket_opens_one_socket_whatever_the_node() {
        HttpResponse<String> fetched = asAna(one(), "POST", "api/v1/me/socket-ticket", "");
        String address = "ws/chat/" + room + "/?session_key=" + json(fetched).getString("ticket");
        try (ChatClient page = ChatClient.at(two(), address)) {
            page.says("hello");
            page.hears("hello");
        }
        assertThat(ChatClient.refusal(one(), address)).isEqualTo(401);
        assertThat(ChatClient.refusal(two(), address)).isEqualTo(401);
    }

    @Test
    void a_token_that_is_deleted_on_one_node_is_cut_on_the_other_within_a_second() {
        assertWithin(Duration.ofSeconds(1), () -> timeToCut("with Redis"));
    }

    @Test
    void without_redis_it_is_cut_within_two_seconds() {
        loseRedis();
        assertWithin(Duration.ofSeconds(2), () -> timeToCut("without Redis"));
    }

    private Duration timeToCut(String circumstances) {
        JsonObject token = json(asAna(one(), "POST", "api/v1/me/tokens", "{\"label\": \"a test\"}"));
        String[] bearer = {"Authorization", "Bearer " + token.getString("token")};
        try (ChatClient rich = ChatClient.rich(two(), room, bearer);
                ChatClient plain = ChatClient.plain(two(), room, bearer)) {
            rich.nextEvent();
            plain.says("hello");
            plain.hears("hello");
            assertThat(asAna(one(), "DELETE", "api/v1/me/tokens/" + token.getString("id"), "")
                            .statusCode())
                    .isEqualTo(204);
            long start = System.nanoTime(); // it is committed, and whoever did it knows
            assertThat(rich.isSentAway().code()).isEqualTo(4501);
            assertThat(plain.isSentAway().code()).isEqualTo(4501);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            System.out.println(
                    "token deleted, cut on the other node " + circumstances + " after " + time.toMillis() + " ms");
            assertThat(two().get("api/v1/me", bearer).statusCode()).isEqualTo(401);
            return time;
        }
    }

    private static HttpResponse<String> asAna(Node node, String method, String path, String body) {
        return node.send(method, path, body, ana.at(node));
    }
}
