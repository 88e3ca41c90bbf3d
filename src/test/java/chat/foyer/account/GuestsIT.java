package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may come in without an account, from the first start to what the first administrator decides. */
class GuestsIT {
    private static final Map<String, String> WITH_SETUP = Map.of("foyer.setup-token", People.SETUP_TOKEN);

    private static void setUpWithoutGuests(Node node) {
        List<String> fields = List.of(
                "name",
                "Tess Boss",
                "handle",
                "the.boss",
                "password",
                PASSWORD,
                "site",
                "Test",
                "language",
                "en",
                "rooms",
                "Canteen, ops",
                "token",
                People.SETUP_TOKEN);
        assertThat(People.submitted(node, "setup?token=" + People.SETUP_TOKEN, "setup", fields)
                        .statusCode())
                .isEqualTo(303);
    }

    private static Optional<String> location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location");
    }

    @Test
    void guests_may_come_until_an_administrator_says_otherwise() {
        try (ServerProcess server = ServerProcess.start(Kind.current(), WITH_SETUP)) {
            Node node = server.node();
            assertThat(node.get("chat/lobby/").statusCode()).isEqualTo(200);
            assertThat(node.get("chat/lobby/").body()).as("nobody could").doesNotContain("Sign in");
            try (ChatClient guest = ChatClient.plain(node, "lobby")) {
                guest.says("hello");
                guest.hears("hello");
                setUpWithoutGuests(node);
                await().ignoreExceptions() // one that is admitted is no refusal
                        .until(() -> ChatClient.refusal(node, "ws/chat/lobby/") == 401);
            }
            assertThat(node.get("api/v1/rooms/lobby/messages").statusCode()).isEqualTo(401);
            theFirstRoomsAreThere(node);
            strangersAreLedToSignInAndBack(node);
        }
    }

    private static void theFirstRoomsAreThere(Node node) {
        String session = People.cookie(People.signIn(node, "the.boss", PASSWORD), "foyer_session");
        await().untilAsserted(() -> assertThat(node.get("api/v1/rooms", "Cookie", "foyer_session=" + session)
                        .body())
                .contains("\"name\":\"Canteen\"", "\"name\":\"ops\""));
    }

    private static void strangersAreLedToSignInAndBack(Node node) {
        for (String path : List.of("chat/", "chat/r%C3%A4ume%20%26%20mehr/", "chat/lobby/?view=plain")) {
            HttpResponse<String> away = node.get(path);
            assertThat(away.statusCode()).as(path).isEqualTo(302);
            String signIn = location(away).orElseThrow();
            assertThat(signIn).startsWith("/sign-in?next=");
            String page = node.get(signIn.substring(1)).body();
            String next = page.replaceAll("(?s).*name=\"next\" value=\"([^\"]*)\".*", "$1")
                    .replace("&amp;", "&");
            assertThat(next).isEqualTo("/" + path);
            List<String> fields = List.of("username", "the.boss", "password", PASSWORD, "next", next);
            HttpResponse<String> back = People.submitted(node, signIn.substring(1), "sign-in", fields);
            assertThat(location(back)).contains("/" + path);
        }
    }

    @Test
    void the_setting_counts_more_than_what_administrators_decide() {
        Map<String, String> settings = Map.of("foyer.setup-token", People.SETUP_TOKEN, "foyer.guests", "on");
        try (ServerProcess server = ServerProcess.start(Kind.current(), settings)) {
            setUpWithoutGuests(server.node());
            assertThat(server.node().get("chat/lobby/").statusCode()).isEqualTo(200);
            assertThat(server.node().get("chat/lobby/").body()).contains("href=\"/sign-in?next=%2Fchat%2Flobby%2F\"");
        }
    }
}
