package chat.foyer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.message.Message;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.room.RoomName;
import chat.foyer.testing.FakeSocket;
import chat.foyer.user.User;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomFeedTest {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final User ANA = new User("g-ana", "Ana", true);
    private static final ServerFrame GREETING =
            new ServerFrame.Welcome("lobby", ANA, new ServerFrame.Limits(null, null, null, null));

    private final ExecutorService drainers = Executors.newFixedThreadPool(4);
    private final RoomFeed feed = new RoomFeed(drainers);

    @AfterEach
    void stop() {
        drainers.shutdownNow();
    }

    private static Connection connection(FakeSocket socket, Wire wire) {
        Outbox outbox = new Outbox(Runnable::run);
        socket.answering(outbox::ponged);
        outbox.attach(socket.session());
        return new Connection(ROOM, ANA, InetAddress.getLoopbackAddress(), wire, outbox);
    }

    private static Message message(String body) {
        return new Message("m-" + body, ROOM, ANA, "r-" + body, body, Instant.EPOCH);
    }

    @Test
    void each_wire_is_spoken_its_own_way() {
        FakeSocket plain = new FakeSocket(FakeSocket.Client.READS);
        FakeSocket rich = new FakeSocket(FakeSocket.Client.READS);
        feed.join(connection(plain, Wire.PLAIN), GREETING);
        feed.join(connection(rich, Wire.RICH), GREETING);
        feed.show(message("hi"));
        await().until(() -> rich.sent().size() == 2 && plain.sent().size() == 1);
        assertThat(plain.sent()).containsExactly("{\"message\":\"hi\"}");
        assertThat(rich.sent().get(0)).startsWith("[{\"type\":\"welcome\"");
        assertThat(rich.sent().get(1))
                .startsWith("[{\"type\":\"message.posted\"")
                .contains("\"body\":\"hi\"");
    }

    @Test
    void a_member_sees_exactly_what_is_said_between_its_joining_and_its_leaving() {
        FakeSocket early = new FakeSocket(FakeSocket.Client.READS);
        FakeSocket late = new FakeSocket(FakeSocket.Client.READS);
        Connection first = connection(early, Wire.PLAIN);
        feed.join(first, GREETING);
        feed.show(message("one"));
        feed.join(connection(late, Wire.PLAIN), GREETING);
        feed.show(message("two"));
        feed.leave(first);
        feed.show(message("three"));
        await().until(() -> late.sent().size() == 2);
        assertThat(early.sent()).containsExactly("{\"message\":\"one\"}", "{\"message\":\"two\"}");
        assertThat(late.sent()).containsExactly("{\"message\":\"two\"}", "{\"message\":\"three\"}");
    }

    @Test
    void all_members_see_one_order_whoever_speaks_at_once() throws Exception {
        List<FakeSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
            sockets.add(socket);
            feed.join(connection(socket, i % 2 == 0 ? Wire.PLAIN : Wire.RICH), GREETING);
        }
        int speakers = 6;
        int each = 500;
        ExecutorService pool = Executors.newFixedThreadPool(speakers);
        for (int s = 0; s < speakers; s++) {
            int speaker = s;
            pool.execute(() -> {
                for (int i = 0; i < each; i++) {
                    feed.show(message(speaker + "-" + i + ";"));
                }
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> sockets.stream().allMatch(socket -> bodies(socket).size() == speakers * each));

        List<String> order = bodies(sockets.get(0));
        assertThat(sockets).allSatisfy(socket -> {
            assertThat(socket.overlapped()).isFalse();
            assertThat(bodies(socket)).isEqualTo(order);
        });
        for (int s = 0; s < speakers; s++) {
            String prefix = s + "-";
            List<String> own =
                    order.stream().filter(body -> body.startsWith(prefix)).toList();
            assertThat(own).hasSize(each);
            for (int i = 0; i < each; i++) {
                assertThat(own.get(i)).isEqualTo(prefix + i + ";");
            }
        }
    }

    @Test
    void a_member_that_stalls_holds_up_nobody() {
        FakeSocket stalled = new FakeSocket(FakeSocket.Client.STALLS);
        FakeSocket reader = new FakeSocket(FakeSocket.Client.READS);
        feed.join(connection(stalled, Wire.PLAIN), GREETING);
        feed.join(connection(reader, Wire.PLAIN), GREETING);
        for (int i = 0; i < 1_000; i++) {
            feed.show(message("x".repeat(500)));
        }
        await().until(() -> reader.sent().size() == 1_000);
        assertThat(stalled.sent()).hasSize(Outbox.WINDOW);
        assertThat(stalled.closed().getCloseCode().getCode()).isEqualTo(1013);
    }

    private static List<String> bodies(FakeSocket socket) {
        Pattern body = Pattern.compile("\"(?:message|body)\":\"([^\"]*)\"");
        return socket.sent().stream()
                .flatMap(frame -> body.matcher(frame).results().map(match -> match.group(1)))
                .toList();
    }
}
