package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes that share one Redis and no database, and what happens when Redis has trouble. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ClusterIT {
    /** The promise is 2.5 s and 6 s to detect; what a test waits is how long a loaded machine may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static RedisProcess redis;
    private static ServerProcess first;
    private static ServerProcess second;

    @BeforeAll
    static void start() {
        int port = ServerProcess.freePort();
        Map<String, String> settings = Map.of(
                "foyer.redis.url",
                "redis://127.0.0.1:" + port,
                "foyer.redis.prefix",
                "it." + port,
                "foyer.setup-token",
                People.SETUP_TOKEN);
        // Redis comes last: nodes that start without it must join when it appears
        first = ServerProcess.start(Kind.current(), settings);
        assertThat(first.node().busConnected()).isFalse();
        try (ChatClient alone = ChatClient.plain(first.node(), "alone")) {
            alone.says("no Redis yet");
            alone.hears("no Redis yet");
        }
        redis = RedisProcess.startOn(port);
        second = ServerProcess.start(Kind.current(), settings);
        awaitBus();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable started : new AutoCloseable[] {first, second, redis}) {
            try {
                if (started != null) {
                    started.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void awaitBus() {
        await().atMost(PATIENCE)
                .until(() -> first.node().busConnected() && second.node().busConnected());
    }

    private static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    @Test
    void a_crowd_on_both_nodes_gets_everything_once_and_in_order() {
        crowd(first.node(), second.node());
    }

    static void crowd(Node one, Node other) {
        int each = 200;
        String room = newRoom() + " кухня";
        List<ChatClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(ChatClient.plain(i < 5 ? one : other, room));
        }
        ChatClient here = clients.get(0);
        ChatClient there = clients.get(9);
        CompletableFuture<Void> saying = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> IntStream.range(0, each).forEach(i -> here.says("here " + i))),
                CompletableFuture.runAsync(() -> IntStream.range(0, each).forEach(i -> there.says("there " + i))));
        saying.join();
        for (ChatClient client : clients) {
            List<String> heard = client.hears(2 * each);
            assertThat(only("here", heard)).containsExactlyElementsOf(numbered("here", each));
            assertThat(only("there", heard)).containsExactlyElementsOf(numbered("there", each));
        }
        there.says("the end");
        clients.forEach(client -> client.hears("the end")); // so nothing came twice before it
        clients.forEach(ChatClient::close);
    }

    private static List<String> only(String speaker, List<String> heard) {
        return heard.stream().filter(text -> text.startsWith(speaker)).toList();
    }

    private static List<String> numbered(String speaker, int count) {
        return IntStream.range(0, count).mapToObj(i -> speaker + " " + i).toList();
    }

    @Test
    void the_author_of_a_message_is_the_same_on_every_node() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.rich(first.node(), room);
                ChatClient bo = ChatClient.rich(second.node(), room)) {
            ana.nextEvent();
            bo.nextEvent();
            ana.says("hi");
            assertThat(bo.nextEvent()).isEqualTo(ana.nextEvent());
        }
    }

    @Test
    void what_is_said_behind_doors_stays_in_its_own_database() {
        String room = newRoom();
        Someone ana = People.of(first.node()).member("Ana");
        Rooms rooms = new Rooms(first.node());
        try (ChatClient stranger = ChatClient.plain(second.node(), room)) { // where nobody has made such a room
            rooms.make(ana, room, "closed");
            try (ChatClient talks = ChatClient.rich(first.node(), room, ana.at(first.node()))) {
                talks.nextEvent();
                talks.says("behind doors");
                talks.hears("behind doors");
                rooms.change(ana, room, "kind", "open");
                talks.says("in the open");
                talks.hears("in the open");
            }
            stranger.hears("in the open"); // what was said before would have come before
        }
        assertThat(second.node().get("api/v1/rooms/" + room + "/messages").body())
                .contains("in the open")
                .doesNotContain("behind doors");
    }

    @Test
    void who_is_in_a_room_is_known_on_both_nodes() {
        String room = newRoom();
        try (ChatClient here = ChatClient.rich(first.node(), room);
                ChatClient there = ChatClient.plain(second.node(), room)) {
            awaitPresent(2, first.node(), room);
            awaitPresent(2, second.node(), room);
            assertThat(here.isConnected() && there.isConnected()).isTrue();
        }
    }

    @Test
    void who_is_in_a_closed_room_is_known_in_its_own_database_alone() {
        String room = newRoom();
        String open = newRoom();
        Someone ana = People.of(first.node()).member("Ana");
        Rooms rooms = new Rooms(first.node());
        rooms.make(ana, room, "open");
        try (ChatClient stranger = ChatClient.rich(second.node(), room)) { // where nobody has closed such a room
            try (ChatClient anaHears = ChatClient.rich(first.node(), room, ana.at(first.node()))) {
                awaitPresent(2, first.node(), room, ana.at(first.node()));
                awaitPresent(2, second.node(), room);
                rooms.change(ana, room, "kind", "closed");
                assertThat(anaHears.isSentAway().code()).isEqualTo(4409);
            }
            try (ChatClient anaHears = ChatClient.rich(first.node(), room, ana.at(first.node()))) {
                assertThat(anaHears.nextEvent().getInt("presentCount")).isEqualTo(1);
                awaitPresent(1, second.node(), room);
                try (ChatClient here = ChatClient.rich(first.node(), open);
                        ChatClient another = ChatClient.rich(second.node(), room);
                        ChatClient there = ChatClient.rich(second.node(), open)) {
                    awaitPresent(2, second.node(), open); // and all that was said before was heard
                    awaitPresent(2, first.node(), open);
                    assertThat(present(second.node(), room)).isEqualTo(2);
                    assertThat(present(first.node(), room, ana.at(first.node())))
                            .isEqualTo(1);
                    rooms.change(ana, room, "kind", "open");
                    awaitPresent(3, second.node(), room);
                    awaitPresent(3, first.node(), room);
                    assertThat(List.of(stranger, another, here, there)).allMatch(ChatClient::isConnected);
                }
            }
        }
    }

    private static int present(Node node, String room, String... headers) {
        return People.json(node.get("api/v1/rooms/" + room + "/presence", headers))
                .getInt("count");
    }

    private static void awaitPresent(int count, Node node, String room, String... headers) {
        await(count + " people").atMost(PATIENCE).until(() -> present(node, room, headers) == count);
    }

    @Test
    void killed_subscriptions_come_back_by_themselves() {
        String room = newRoom();
        try (ChatClient here = ChatClient.plain(first.node(), room);
                ChatClient there = ChatClient.plain(second.node(), room)) {
            meet(here, there);
            for (int i = 0; i < 3; i++) {
                redis.command("CLIENT", "KILL", "TYPE", "pubsub");
                meet(here, there);
            }
        }
    }

    @Test
    void redis_restarted_empty_is_joined_again() {
        String room = newRoom();
        try (ChatClient here = ChatClient.plain(first.node(), room);
                ChatClient there = ChatClient.plain(second.node(), room)) {
            meet(here, there);
            redis.kill();
            try {
                await().atMost(PATIENCE)
                        .until(() ->
                                !first.node().busConnected() && !second.node().busConnected());
                here.says("nobody stops me");
                here.hearsAtLast("nobody stops me");
                try (ChatClient late = ChatClient.plain(first.node(), newRoom())) {
                    late.says("a room opened meanwhile");
                    late.hears("a room opened meanwhile");
                }
            } finally {
                redis.restart();
            }
            awaitBus();
            meet(here, there);
        }
    }

    @Test
    void redis_frozen_for_a_while_holds_up_nobody() {
        String room = newRoom();
        try (ChatClient here = ChatClient.plain(first.node(), room);
                ChatClient there = ChatClient.plain(second.node(), room)) {
            meet(here, there);
            redis.pause();
            try {
                long longest = 0;
                for (int i = 0; i < 200; i++) {
                    long start = System.nanoTime();
                    here.says("during the pause " + i);
                    here.hearsAtLast("during the pause " + i);
                    longest = Math.max(longest, System.nanoTime() - start);
                }
                assertThat(Duration.ofNanos(longest))
                        .as("whoever waits for a command to Redis waits its whole time-out")
                        .isLessThan(Duration.ofSeconds(2));
                await().atMost(PATIENCE).until(() -> !first.node().busConnected());
            } finally {
                redis.resume();
            }
            awaitBus();
            meet(here, there);
        }
    }

    @Test
    void garbage_on_the_bus_is_ignored() {
        String room = newRoom();
        try (ChatClient here = ChatClient.plain(first.node(), room);
                ChatClient there = ChatClient.plain(second.node(), room)) {
            meet(here, there);
            String channel = "it." + redis.port() + ":group:chat_" + room;
            for (String garbage : new String[] {
                "",
                "x",
                "[]",
                "{}",
                "{\"type\":5}",
                "{\"type\":\"chat.message\"}",
                "{\"type\":\"chat.changes\",\"sender\":\"x\",\"epoch\":\"x\",\"payload\":\"{}\"}",
                foreignHint(room, "Ana", "half \\ud800 a pair"),
                foreignHint(room, "two\\nlines", "hi"),
                foreignHint("a/b", "Ana", "hi"),
                "[".repeat(100_000)
            }) {
                assertThat(redis.command("PUBLISH", channel, garbage)).isEqualTo("2");
            }
            meet(here, there);
        }
    }

    /** What a node with a database of its own would say, as far as its parts are believable. */
    private static String foreignHint(String room, String author, String body) {
        String payload = "{'room':'ROOM','changes':[{'id':'00000000-0000-7000-8000-000000000001','seq':1,'rev':1,"
                + "'authorId':'g-x','authorName':'AUTHOR','guest':true,'ref':'r','body':'BODY',"
                + "'at':'2026-11-20T00:00:00Z','deleted':false}]}";
        String filled = payload.replace('\'', '"')
                .replace("ROOM", room)
                .replace("AUTHOR", author)
                .replace("BODY", body);
        return jakarta.json.Json.createObjectBuilder()
                .add("type", "chat.changes")
                .add("sender", "x")
                .add("epoch", "00000000-0000-4000-8000-000000000000")
                .add("payload", filled)
                .add("mac", "00")
                .build()
                .toString();
    }

    @Test
    void when_all_have_left_nothing_is_subscribed() {
        List<ChatClient> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(ChatClient.plain(i % 2 == 0 ? first.node() : second.node(), newRoom()));
        }
        assertThat(first.node().reports("busSubscriptions")).isGreaterThanOrEqualTo(50);
        crowd.forEach(ChatClient::close);
        await().atMost(PATIENCE)
                .until(() -> first.node().reports("rooms") == 0 && second.node().reports("rooms") == 0);
        await().atMost(PATIENCE)
                .until(() ->
                        redis.command("PUBSUB", "CHANNELS", "*:group:chat*").equals("[]"));
    }

    /** Both say something until the other hears it, as people do: what is said while Redis is away may be lost. */
    private static void meet(ChatClient here, ChatClient there) {
        reach(here, there);
        reach(there, here);
    }

    private static void reach(ChatClient speaker, ChatClient listener) {
        String word = "meet " + UUID.randomUUID();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            speaker.says(word);
            speaker.hearsAtLast(word);
            return heardAll(listener).contains(word);
        });
    }

    private static List<String> heardAll(ChatClient client) {
        List<String> all = new ArrayList<>();
        while (client.unread() > 0) {
            all.addAll(client.hears(1));
        }
        return all;
    }
}
