package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Load;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.StoredMessages;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two nodes that share a PostgreSQL and nothing else, for which no further setting is needed, and what happens when it or one
 * of them is killed.
 */
class PostgresChatIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static PostgresProcess postgres;
    private static String database;
    private static ServerProcess first;
    private static ServerProcess second;

    private final String room = "room-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        postgres = PostgresProcess.start();
        database = postgres.newDatabase();
        first = node();
        second = node();
        awaitBus();
    }

    private static ServerProcess node() {
        return ServerProcess.start(
                Kind.current(),
                Map.of(
                        "foyer.db.url",
                        database,
                        "foyer.db.user",
                        postgres.user(),
                        "foyer.setup-token",
                        People.SETUP_TOKEN));
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        postgres.close();
    }

    private static void awaitBus() {
        await("both nodes on the bus")
                .atMost(PATIENCE)
                .until(() -> first.node().busConnected() && second.node().busConnected());
    }

    private static boolean areThere(Node node, String room, int people) {
        return node.get("api/v1/rooms/" + room + "/presence").body().contains("\"count\":" + people);
    }

    @Test
    void a_crowd_on_both_nodes_gets_everything_once_and_in_order() {
        assertThat(first.node().get("ops/health/ready").body())
                .contains("\"bus\":\"database\"", "\"history\":\"common\"");
        ClusterIT.crowd(first.node(), second.node());
    }

    @Test
    void a_message_too_long_for_a_notification_arrives() {
        try (ChatClient here = ChatClient.plain(first.node(), room);
                ChatClient there = ChatClient.plain(second.node(), room)) {
            String text = "ž".repeat(4_000);
            here.says(text);
            there.hears(text);
            there.says("a short one after it");
            here.hears(text, "a short one after it");
        }
    }

    @Test
    void two_people_on_two_nodes_talk_between_themselves() {
        People people = People.of(first.node());
        Someone ana = people.member("Ana");
        Someone bo = people.member("Bo");
        String between = new Rooms(first.node()).direct(ana, bo);
        try (ChatClient anaTalks = ChatClient.rich(first.node(), between, ana.at(first.node()));
                ChatClient boTalks = ChatClient.rich(second.node(), between, bo.at(second.node()))) {
            anaTalks.nextEvents();
            boTalks.nextEvents();
            anaTalks.says("psst");
            boTalks.hears("psst");
            boTalks.says("yes?");
            anaTalks.hears("psst", "yes?");
        }
        assertThat(ChatClient.plain(second.node(), between).isSentAway().code()).isEqualTo(4504);
    }

    @Test
    void a_killed_node_is_missed_and_welcomed_back() {
        try (ChatClient here = ChatClient.plain(first.node(), room)) {
            try (ChatClient there = ChatClient.plain(second.node(), room)) {
                await("both on both")
                        .atMost(PATIENCE)
                        .until(() -> areThere(first.node(), room, 2) && areThere(second.node(), room, 2));
                second.kill();
                await("one of them missed").atMost(PATIENCE).until(() -> areThere(first.node(), room, 1));
                assertThat(there).isNotNull();
            }
            here.says("alone");
            here.hears("alone");
            second.restart();
            awaitBus();
            try (ChatClient back = ChatClient.plain(second.node(), room)) {
                back.says("here again");
                back.hears("here again");
                here.hears("here again");
                await("both on both")
                        .atMost(PATIENCE)
                        .until(() -> areThere(first.node(), room, 2) && areThere(second.node(), room, 2));
            }
        }
    }

    /** As newcomers: who was there may have been sent away, when it took longer than a few seconds. */
    private void theyTalk(String text) {
        try (ChatClient here = ChatClient.plain(first.node(), room);
                ChatClient there = ChatClient.plain(second.node(), room)) {
            here.says(text);
            there.hears(text);
            here.hears(text);
        }
    }

    @Test
    void a_killed_database_costs_nothing_that_was_acknowledged_and_everybody_goes_on() {
        try (Load load = new Load()) {
            load.speak(load.room("base", Load.byTurns(4, first.node(), second.node())), 20);
            DurabilityIT.talk(load);
            for (int i = 0; i < 3; i++) {
                postgres.kill();
                await("the loss")
                        .atMost(PATIENCE)
                        .until(() ->
                                !first.node().busConnected() && !second.node().busConnected());
                postgres.restart();
                DurabilityIT.talk(load);
                awaitBus();
                String text = "after the loss " + i;
                await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> theyTalk(text)); // 1013 asks for that
            }
            DurabilityIT.assertKept(load.settle(PATIENCE).judge(StoredMessages.of(postgres, database)));
        }
        for (ServerProcess node : new ServerProcess[] {first, second}) {
            assertThat(node.log().lines().filter(line -> line.contains("Nothing is heard of the other nodes")))
                    .as("what changes of three losses, not every attempt: cut off, refused and starting up by turns")
                    .hasSizeBetween(1, 15);
        }
    }
}
