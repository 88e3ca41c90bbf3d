package chat.foyer.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starting and stopping a node: the banner, one clear line for each mistake, and nothing left running. */
class StartUpIT {

    @ParameterizedTest
    @CsvSource({
        "foyer.redis.url, localhost:6379, redis://",
        "foyer.guests, perhaps, on or off",
        "foyer.data-dir, /dev/null/foyer, cannot be written to",
        "foyer.mode, worker, foyer.redis.url",
        "foyer.status-room, no/room, slash",
    })
    void a_mistake_ends_the_start_with_one_line_that_names_the_key(String key, String value, String help)
            throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("foyer.exit-on-failure", "on"));
        settings.put(key, value);
        try (ServerProcess server = ServerProcess.launch(Kind.current(), settings)) {
            assertThat(server.process().waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process().exitValue()).isEqualTo(78);
            List<String> last = server.log()
                    .lines()
                    .filter(line -> line.contains("Foyer cannot start"))
                    .toList();
            assertThat(last).isNotEmpty().allSatisfy(line -> assertThat(line).contains(key + ": ", help));
            assertThat(server.log()).as("no stack trace").doesNotContain("\tat chat.foyer");
        }
    }

    @Test
    void without_that_setting_only_the_deployment_fails() {
        try (ServerProcess server = ServerProcess.launch(Kind.current(), Map.of("foyer.limits.rate", "fast"))) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> server.log().contains("Foyer cannot start. foyer.limits.rate: "));
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    void a_wrong_redis_password_is_one_line_and_the_node_serves_its_own_clients() {
        try (RedisProcess redis = RedisProcess.start("--requirepass", "right");
                ServerProcess server = ServerProcess.start(
                        Kind.current(), Map.of("foyer.redis.url", "redis://:wrong@127.0.0.1:" + redis.port()))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> server.log().contains("refuses the user or password"));
            try (ChatClient ana = ChatClient.plain(server.node(), "lobby")) {
                ana.says("hi");
                ana.hears("hi");
            }
            assertThat(server.log()
                            .lines()
                            .filter(line -> line.contains("refuses the user or password"))
                            .filter(line -> line.contains("keeps trying"))) // the banner may say it, too
                    .as("told once, however often it is tried")
                    .hasSize(1);
            assertThat(server.log()).doesNotContain("wrong@");
            assertThat(server.node().busConnected()).isFalse();
        }
    }

    @Test
    void the_banner_says_how_this_node_runs_and_stopping_is_quick_and_quiet() throws Exception {
        try (ServerProcess server =
                ServerProcess.start(Kind.current(), Map.of("foyer.http.port", "8765", "foyer.guests", "off"))) {
            assertThat(server.log())
                    .containsPattern("Foyer [0-9]+\\.[0-9]+\\.[0-9]+\\S* is open")
                    .contains("http://localhost:8765/chat/")
                    .contains("Data directory")
                    .contains("in memory; set FOYER_REDIS_URL for several nodes")
                    .containsPattern("Guests +off");
            assertThat(server.node().get("chat/lobby/").headers().firstValue("Location"))
                    .contains("/sign-in?next=%2Fchat%2Flobby%2F");
            assertThat(server.node().get("sign-in").body()).contains("by a link in the");
            assertThat(ChatClient.refusal(server.node(), "ws/chat/lobby/")).isEqualTo(401);

            server.process().destroy();
            assertThat(server.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.log()).doesNotContain("\tat chat.foyer");
        }
    }

    @Test
    void everything_works_below_another_context_root() {
        try (ServerProcess server = ServerProcess.start(Kind.current(), Map.of(), "/foyer")) {
            assertThat(server.node().root().getPath()).isEqualTo("/foyer/");
            assertThat(server.node().get("").headers().firstValue("Location")).contains("/foyer/chat/");
            String page = server.node().get("chat/lobby/").body();
            assertThat(page).contains("/foyer/assets/").doesNotContainPattern("(src|href)=\"/(?!foyer/)");
            assertThat(server.node().get("assets/js/room.js").statusCode()).isEqualTo(200);
            try (ChatClient ana = ChatClient.plain(server.node(), "lobby");
                    ChatClient bo = ChatClient.rich(server.node(), "lobby")) {
                bo.nextEvent();
                ana.says("hi");
                ana.hears("hi");
                bo.hears("hi");
            }
        }
    }

    @Test
    void settings_of_a_proxy_and_limits_hold() {
        Map<String, String> settings = Map.of(
                "foyer.trusted-proxies", "127.0.0.1, ::1",
                "foyer.limits.message", "10",
                "foyer.limits.frame", "100",
                "foyer.limits.sockets-per-address", "2");
        try (ServerProcess server = ServerProcess.start(Kind.current(), settings)) {
            String[] behindProxy = {
                "Origin",
                "https://intranet",
                "X-Forwarded-Host",
                "intranet",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-For",
                "203.0.113.66, 198.51.100.7"
            };
            try (ChatClient one = ChatClient.plain(server.node(), "lobby", behindProxy);
                    ChatClient two = ChatClient.plain(server.node(), "lobby", behindProxy);
                    ChatClient three = ChatClient.plain(server.node(), "lobby", behindProxy);
                    ChatClient elsewhere =
                            ChatClient.plain(server.node(), "lobby", "X-Forwarded-For", "198.51.100.8")) {
                assertThat(three.isSentAway().code()).isEqualTo(1013);
                elsewhere.says("0123456789");
                one.hears("0123456789");
                two.hears("0123456789");
                two.says("0123456789a");
                assertThat(two.isSentAway().code()).isEqualTo(1009);
                one.says("x".repeat(200));
                assertThat(one.isSentAway().reason()).contains("100 bytes");
            }
            assertThat(server.node()
                            .get("chat/", "X-Forwarded-Proto", "https")
                            .headers()
                            .firstValue("Set-Cookie"))
                    .hasValueSatisfying(cookie -> assertThat(cookie).containsIgnoringCase("Secure"));
        }
    }
}
