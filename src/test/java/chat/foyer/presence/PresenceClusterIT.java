package chat.foyer.presence;

import static chat.foyer.presence.PresenceIT.attendance;
import static chat.foyer.presence.PresenceIT.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.TwoNodes;
import chat.foyer.user.Guests;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Who is in a room of two nodes that share a database and a Redis, and what becomes of that when one of them dies. */
class PresenceClusterIT extends TwoNodes { // the nodes die last
    private static final Duration PROMISE = Duration.ofSeconds(15); // P8

    private final String room = "room-" + UUID.randomUUID();

    private static int count(Node node, String room) {
        return attendance(node, room).getInt("count");
    }

    private static void awaitThat(String what, Callable<Boolean> holds) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(holds);
    }

    private static Duration timeUntil(Callable<Boolean> holds) {
        long start = System.nanoTime();
        awaitThat("a change of who is present", holds);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void a_join_and_typing_are_seen_on_the_other_node() {
        try (ChatClient ana = ChatClient.rich(one(), room);
                ChatClient bo = ChatClient.rich(two(), room)) {
            String anaId = ana.nextEvent().getJsonObject("you").getString("id");
            String boId = bo.nextEvent().getJsonObject("you").getString("id");
            awaitThat("both on both", () -> count(one(), room) == 2 && count(two(), room) == 2);
            assertThat(ids(attendance(two(), room), "people")).containsExactlyInAnyOrder(anaId, boId);
            ana.asks("typing.start");
            JsonObject notice = bo.nextNotice();
            while (!notice.getString("type").equals("typing.started")) {
                notice = bo.nextNotice();
            }
            assertThat(notice.getJsonObject("user").getString("id")).isEqualTo(anaId);
            bo.asks("away.start");
            JsonObject news = ana.nextNotice();
            while (!ids(news, "away").contains(boId)) {
                news = ana.nextNotice();
            }
        }
        awaitThat("nobody anywhere", () -> count(one(), room) == 0 && count(two(), room) == 0);
    }

    @Test
    void somebody_on_both_nodes_counts_once_and_leaves_with_the_last_connection() {
        String cookie = "foyer_guest=" + Guests.newSecret();
        ChatClient here = ChatClient.rich(one(), room, "Cookie", cookie, "Origin", one().origin());
        try (ChatClient watcher = ChatClient.rich(one(), room)) {
            try (ChatClient there = ChatClient.rich(two(), room, "Cookie", cookie, "Origin", two().origin())) {
                awaitThat("two people", () -> count(two(), room) == 2);
                here.close();
                String other = "other-" + room;
                ChatClient.rich(one(), other).close(); // its seat is given up after the one of here
                awaitThat("nobody there", () -> count(one(), other) == 0);
                assertThat(count(one(), room)).isEqualTo(2);
                assertThat(there.isConnected()).isTrue();
            }
            awaitThat("one person", () -> count(one(), room) == 1 && count(two(), room) == 1);
            assertThat(watcher.isConnected()).isTrue();
        }
    }

    @Test
    void redis_killed_and_back_leaves_the_nodes_equal_within_seconds() {
        try (ChatClient here = ChatClient.rich(one(), room);
                ChatClient there = ChatClient.rich(two(), room)) {
            awaitThat("two people", () -> count(one(), room) == 2 && count(two(), room) == 2);
            cluster.redis().kill();
            awaitThat("each its own", () -> count(one(), room) == 1 && count(two(), room) == 1);
            try (ChatClient meanwhile = ChatClient.rich(one(), room)) {
                awaitThat("known here", () -> count(one(), room) == 2);
                cluster.redis().restart();
                cluster.awaitBus();
                Duration time = timeUntil(() -> count(one(), room) == 3 && count(two(), room) == 3);
                System.out.println("Presence equal again " + time.toMillis() + " ms after the bus was back");
                assertThat(time)
                        .as("who misses a beat hears the next, three seconds later")
                        .isLessThan(Duration.ofSeconds(8));
                assertThat(here.isConnected() && there.isConnected() && meanwhile.isConnected())
                        .isTrue();
            }
        }
    }

    @Test
    void strangers_on_the_bus_put_nobody_into_a_room() {
        String channel = cluster.redis()
                .command("PUBSUB", "CHANNELS", "*:group:presence")
                .replaceAll("[\\[\\]]", "");
        try (ChatClient ana = ChatClient.rich(one(), room)) {
            for (String epoch : new String[] {
                ana.nextEvent().getString("epoch"), UUID.randomUUID().toString()
            }) {
                String payload = Json.createObjectBuilder()
                        .add("node", "presence.stranger!1")
                        .add("life", "x")
                        .add("version", 1)
                        .add("news", "whole")
                        .add("part", 0)
                        .add("parts", 1)
                        .add(
                                "seats",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("room", room)
                                                .add("id", "g-ghost")
                                                .add("name", "Ghost")
                                                .add("guest", true)
                                                .add("away", false)))
                        .add("epoch", epoch)
                        .build()
                        .toString();
                String event = Json.createObjectBuilder()
                        .add("type", "presence.announced")
                        .add("payload", payload)
                        .add("mac", "00")
                        .build()
                        .toString();
                cluster.redis().command("PUBLISH", channel, event);
                cluster.redis().command("PUBLISH", channel, "{\"type\":\"presence.announced\",\"payload\":\"[]\"}");
                cluster.redis().command("PUBLISH", channel, "{}");
            }
            try (ChatClient bo = ChatClient.rich(two(), room)) { // what is known of Bo was said after all that
                awaitThat("Bo", () -> count(one(), room) >= 2);
                assertThat(count(one(), room)).isEqualTo(2);
                assertThat(bo.isConnected()).isTrue();
            }
        }
    }

    @Test
    void those_on_a_killed_node_are_gone_within_15_seconds() throws Exception {
        try (ChatClient ana = ChatClient.rich(one(), room);
                ChatClient bo = ChatClient.rich(two(), room)) {
            awaitThat("two people", () -> count(one(), room) == 2);
            String idOfBo = idOf(bo);
            long killed = System.nanoTime();
            cluster.two().process().destroyForcibly().waitFor();
            awaitLeft(ana, idOfBo);
            Duration time = Duration.ofNanos(System.nanoTime() - killed);
            System.out.println("Gone from the presence list " + time.toMillis() + " ms after kill -9 of their node");
            assertThat(time).isLessThan(PROMISE);
            assertThat(count(one(), room)).isEqualTo(1);
        }
        cluster.two().restart();
        cluster.awaitBus();
    }

    /** Who this is, by their welcome, which may come after others hear of them. */
    private static String idOf(ChatClient newcomer) {
        return newcomer.nextEvent().getJsonObject("you").getString("id");
    }

    private static void awaitLeft(ChatClient watcher, String id) {
        JsonObject news = watcher.nextNotice();
        while (!ids(news, "left").contains(id)) {
            news = watcher.nextNotice();
        }
    }

    @Test
    void those_on_a_stopped_node_are_gone_as_soon_as_it_has_said_goodbye() {
        try (ChatClient ana = ChatClient.rich(one(), room);
                ChatClient bo = ChatClient.rich(two(), room)) {
            awaitThat("two people", () -> count(one(), room) == 2 && count(two(), room) == 2);
            String idOfBo = idOf(bo);
            cluster.two().stop();
            long stopped = System.nanoTime();
            awaitLeft(ana, idOfBo);
            Duration time = Duration.ofNanos(System.nanoTime() - stopped);
            System.out.println("Gone from the presence list " + time.toMillis() + " ms after their node had stopped");
            assertThat(time).as("a silent node is waited for longer").isLessThan(Duration.ofSeconds(8));
        }
        cluster.two().restart();
        cluster.awaitBus();
    }
}
