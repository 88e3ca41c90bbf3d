package chat.foyer.channel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.channel.EventText;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LocalChannels;
import chat.foyer.channel.RemoteMailboxes.Taken;
import chat.foyer.testing.TestConfiguration;
import jakarta.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisMailboxesTest {

    /** Gives one event, and then promises a text for which no Java has memory. */
    private static final class Boaster implements AutoCloseable {
        private static final Map<String, String> ANSWERS = Map.of(
                "HELLO",
                "*2\r\n$5\r\nproto\r\n:2\r\n",
                "TIME",
                texts("1000000", "0"),
                "BZPOPMIN",
                texts(
                        "test:mailbox:jobs",
                        "0.other {\"channel\":\"jobs\",\"event\":{\"type\":\"test\"}}",
                        "1000000000000"),
                "ZPOPMIN",
                "*2\r\n$" + Integer.MAX_VALUE + "\r\n");

        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        Boaster() throws IOException {
            Thread thread = new Thread(this::serve, "boaster");
            thread.setDaemon(true);
            thread.start();
        }

        private static String texts(String... all) {
            StringBuilder answer = new StringBuilder("*" + all.length + "\r\n");
            for (String text : all) {
                answer.append("$")
                        .append(text.length())
                        .append("\r\n")
                        .append(text)
                        .append("\r\n");
            }
            return answer.toString();
        }

        private void serve() {
            try (Socket client = socket.accept();
                    BufferedReader in =
                            new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                    OutputStream out = client.getOutputStream()) {
                for (String count = in.readLine(); count != null; count = in.readLine()) {
                    String command = word(in);
                    for (int i = 1; i < Integer.parseInt(count.substring(1)); i++) {
                        word(in);
                    }
                    out.write(ANSWERS.getOrDefault(command, "+OK\r\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // the test is over
            }
        }

        private static String word(BufferedReader in) throws IOException {
            in.readLine(); // its length
            return in.readLine();
        }

        String url() {
            return "redis://127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void what_was_taken_before_an_error_is_not_lost() throws Exception {
        try (Boaster redis = new Boaster()) {
            RedisServer server = RedisServer.of(TestConfiguration.of(Map.of("foyer.redis.url", redis.url())))
                    .get(0);
            RedisTroubles troubles = new RedisTroubles(server, () -> "");
            RedisMailboxes mailboxes = new RedisMailboxes(
                    server,
                    troubles,
                    new RedisPipeline(server, troubles, "test:heartbeat", () -> {}, Thread::new),
                    new EventText(Optional.empty()),
                    LayerOptions.USUAL,
                    new LocalChannels("node", LayerOptions.USUAL),
                    "test",
                    "node");
            assertThat(mailboxes.take(Map.of("jobs", 5)))
                    .extracting(Taken::event)
                    .isEqualTo(List.of(
                            Json.createObjectBuilder().add("type", "test").build()));
        }
    }
}
