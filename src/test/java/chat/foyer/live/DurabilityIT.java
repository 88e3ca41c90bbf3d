package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Stored before shown, once, in one order, whatever breaks: the short form of the fault suite. */
class DurabilityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    /** The whole history as text → place, which also proves that nothing stands in it twice. */
    private static Map<String, Long> history(Node node, String room) {
        Map<String, Long> places = new LinkedHashMap<>();
        long after = 0;
        while (true) {
            String body = node.get("api/v1/rooms/" + room + "/messages?limit=200&after=" + after)
                    .body();
            JsonArray events = Json.createReader(new StringReader(body)).readArray();
            for (JsonObject event : events.getValuesAs(JsonObject.class)) {
                after = event.getJsonNumber("seq").longValue();
                assertThat(places.put(event.getString("body"), after))
                        .as("once: " + event)
                        .isNull();
            }
            if (events.isEmpty()) {
                return places;
            }
        }
    }

    /** Speaks until the connection breaks or it is told to stop; notes what was acknowledged, with its place. */
    private static final class Speaker implements AutoCloseable {
        private final ChatClient client;
        private final Map<String, Long> acknowledged = new LinkedHashMap<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final CompletableFuture<Void> speaking;

        Speaker(Node node, String room, String name) {
            client = ChatClient.rich(node, room);
            client.nextEvent();
            speaking = CompletableFuture.runAsync(() -> speak(name));
        }

        private void speak(String name) {
            for (int i = 0; !stopped.get() && client.isConnected(); i++) {
                String text = name + " " + i;
                try {
                    String ref = client.says(text);
                    awaitEcho(ref, text);
                } catch (RuntimeException | AssertionError broken) {
                    return; // not acknowledged, so nothing was promised
                }
            }
        }

        private void awaitEcho(String ref, String text) {
            while (client.isConnected() || client.unread() > 0) {
                for (JsonObject event : client.nextEvents()) {
                    if (ref.equals(event.getString("ref", ""))) {
                        if (event.getString("type").equals("message.posted")) {
                            acknowledged.put(text, event.getJsonNumber("seq").longValue());
                        }
                        return;
                    }
                }
            }
        }

        int count() {
            return acknowledged.size();
        }

        Map<String, Long> finish() {
            stopped.set(true);
            speaking.join();
            client.close();
            return acknowledged;
        }

        @Override
        public void close() {
            finish();
        }
    }

    @Test
    void what_was_acknowledged_survives_kill_9_of_the_only_node() {
        try (ServerProcess server = ServerProcess.start(Kind.current(), Map.of())) {
            String room = newRoom();
            Map<String, Long> acknowledged = new HashMap<>();
            for (int round = 0; round < 3; round++) {
                try (Speaker ana = new Speaker(server.node(), room, "ana" + round);
                        Speaker bo = new Speaker(server.node(), room, "bo" + round)) {
                    await().atMost(PATIENCE).until(() -> ana.count() > 100 && bo.count() > 100);
                    server.kill();
                    acknowledged.putAll(ana.finish());
                    acknowledged.putAll(bo.finish());
                }
                server.restart();
                assertThat(history(server.node(), room)).containsAllEntriesOf(acknowledged);
            }
        }
    }

    @Test
    void two_nodes_with_one_database_have_one_order_and_do_everything_once() {
        try (PostgresProcess postgres = PostgresProcess.start();
                RedisProcess redis = RedisProcess.start()) {
            Map<String, String> settings = Map.of(
                    "foyer.db.url",
                    postgres.newDatabase(),
                    "foyer.db.user",
                    postgres.user(),
                    "foyer.redis.url",
                    redis.url());
            try (ServerProcess one = ServerProcess.start(Kind.current(), settings);
                    ServerProcess two = ServerProcess.start(Kind.current(), settings)) {
                await().atMost(PATIENCE)
                        .until(() -> one.node().busConnected() && two.node().busConnected());
                oneOrder(one.node(), two.node());
                sameRefAtBothNodes(one.node(), two.node());
                withoutRedis(one.node(), two.node(), redis);
                withoutDatabase(one.node(), postgres);
                oneNodeKilled(one, two);
            }
        }
    }

    private static void oneOrder(Node one, Node two) {
        String room = newRoom();
        try (ChatClient here = ChatClient.rich(one, room);
                ChatClient there = ChatClient.rich(two, room)) {
            here.nextEvent();
            there.nextEvent();
            int each = 300;
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> sayMany(here, "here", each)),
                            CompletableFuture.runAsync(() -> sayMany(there, "there", each)))
                    .join();
            List<String> order = here.hears(2 * each);
            assertThat(there.hears(2 * each)).isEqualTo(order);
            assertThat(new ArrayList<>(history(one, room).keySet())).isEqualTo(order);
        }
    }

    private static void sayMany(ChatClient client, String name, int count) {
        for (int i = 0; i < count; i++) {
            client.says(name + " " + i);
        }
    }

    private static void sameRefAtBothNodes(Node one, Node two) {
        String room = newRoom();
        String cookie = "foyer_guest=" + "F".repeat(43);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Node node = i % 2 == 0 ? one : two;
            answers.add(CompletableFuture.supplyAsync(() -> node.post(
                            "api/v1/rooms/" + room + "/messages",
                            "{\"message\":\"once\"}",
                            "Cookie",
                            cookie,
                            "Origin",
                            node.origin(),
                            "Idempotency-Key",
                            "same-" + room)
                    .body()));
        }
        assertThat(answers.stream().map(CompletableFuture::join).distinct())
                .as("one answer for all")
                .hasSize(1);
        assertThat(history(two, room)).containsOnlyKeys("once");
    }

    private static void withoutRedis(Node one, Node two, RedisProcess redis) {
        String room = newRoom();
        try (ChatClient here = ChatClient.plain(one, room);
                ChatClient there = ChatClient.plain(two, room)) {
            redis.kill();
            await().atMost(PATIENCE).until(() -> !one.busConnected() && !two.busConnected());
            here.says("said without Redis");
            here.hears("said without Redis");
            there.hears("said without Redis");
            redis.restart();
            await().atMost(PATIENCE).until(() -> one.busConnected() && two.busConnected());
            there.says("and with it");
            there.hears("and with it");
            here.hears("and with it");
        }
    }

    private static void withoutDatabase(Node node, PostgresProcess postgres) {
        String room = newRoom();
        try (ChatClient ana = ChatClient.rich(node, room)) {
            ana.nextEvent();
            ana.says("before");
            ana.hears("before");
            postgres.kill();
            long start = System.nanoTime();
            ana.says("not now");
            assertThat(ana.nextEvent().getString("code")).isEqualTo("unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            postgres.restart();
            await().atMost(PATIENCE).until(() -> {
                String ref = ana.says("again");
                JsonObject event = ana.nextEvent();
                return event.getString("type").equals("message.posted")
                        && event.getString("ref").equals(ref);
            });
        }
    }

    private static void oneNodeKilled(ServerProcess one, ServerProcess two) {
        await().atMost(PATIENCE).until(() -> two.node().get("ops/health/ready").statusCode() == 200);
        String room = newRoom();
        try (Speaker doomed = new Speaker(one.node(), room, "doomed");
                Speaker survivor = new Speaker(two.node(), room, "survivor")) {
            await().atMost(PATIENCE).until(() -> doomed.count() > 100 && survivor.count() > 100);
            one.kill();
            int before = survivor.count();
            Map<String, Long> acknowledged = new HashMap<>(doomed.finish());
            await().atMost(PATIENCE).until(() -> survivor.count() > before + 100);
            acknowledged.putAll(survivor.finish());
            assertThat(history(two.node(), room)).containsAllEntriesOf(acknowledged);
        }
    }
}
