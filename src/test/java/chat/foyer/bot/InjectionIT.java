package chat.foyer.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Cluster;
import chat.foyer.testing.Node;
import chat.foyer.testing.OwnNodes;
import chat.foyer.testing.PatchedWar;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.ServerProcess.Unusual;
import chat.foyer.testing.consumers.BenchServlet;
import chat.foyer.testing.consumers.Builds;
import chat.foyer.testing.consumers.Clock;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What programs inside of the WAR say, on two nodes with one Redis and one database; what ends a node comes last. */
class InjectionIT extends OwnNodes {
    private static final String STATUS_ROOM = "machine room";

    @BeforeAll
    static void start() {
        Unusual war = Unusual.not()
                .with(Map.of("FOYER_STATUS_ROOM", STATUS_ROOM))
                .withWar(PatchedWar.built()
                        .with(BenchServlet.class, Builds.class, Clock.class)
                        .war());
        cluster = Cluster.start(war, war);
    }

    private static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    private static void send(Node node, String channel, String... members) {
        var event = Json.createObjectBuilder();
        for (int i = 0; i < members.length; i += 2) {
            event.add(members[i], members[i + 1]);
        }
        var answer = node.post("ops/bench/" + channel, event.build().toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** What has been said in an open room, with its authors, oldest first. */
    private static List<String> said(Node node, String room) {
        String page = node.get("api/v1/rooms/" + ChatClient.encode(room) + "/messages")
                .body();
        return Json.createReader(new StringReader(page)).readArray().stream()
                .map(JsonValue::asJsonObject)
                .map(message -> message.getJsonObject("author").getString("name") + ": " + message.getString("body"))
                .toList();
    }

    @Test
    void a_message_for_a_room_is_stored_once_and_seen_on_every_node() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.plain(one(), room);
                ChatClient bo = ChatClient.plain(two(), room);
                ChatClient cy = ChatClient.rich(two(), room)) {
            cy.nextEvent();
            send(one(), "chat-messages", "room", room, "message", "one");
            send(two(), "chat-messages", "room", room, "message", "two", "type", "whatever");
            for (ChatClient client : List.of(ana, bo, cy)) {
                assertThat(client.hears(2)).containsExactlyInAnyOrder("one", "two");
            }
            ana.says("and nothing else");
            for (ChatClient client : List.of(ana, bo, cy)) {
                client.hears("and nothing else");
            }
        }
        assertThat(said(one(), room)).hasSize(3).contains("Foyer: one", "Foyer: two");
    }

    @Test
    void any_bean_says_something_and_goes_on_before_anybody_sees_it() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.plain(one(), room);
                ChatClient bo = ChatClient.plain(two(), room)) {
            send(two(), "builds", "room", room, "line", "build 7 failed");
            ana.hears("build 7 failed");
            bo.hears("build 7 failed");
        }
        assertThat(said(two(), room)).containsExactly("Foyer: build 7 failed");
    }

    @Test
    void a_timer_says_something() {
        await().atMost(PATIENCE).until(() -> said(one(), Clock.ROOM).size() >= 2);
    }

    @Test
    void closed_and_direct_rooms_and_wrong_events_are_refused_each_with_a_line() {
        People people = People.of(one());
        Someone ana = people.administrator();
        Someone bo = people.member("Bo");
        String closed = newRoom();
        new Rooms(one()).close(ana, closed, bo);
        String direct = new Rooms(one()).direct(ana, bo);
        String open = newRoom();
        send(one(), "chat-messages", "room", closed, "message", "let me in");
        send(one(), "chat-messages", "room", direct, "message", "let me in");
        send(one(), "chat-messages", "room", "no/room", "message", "let me in");
        send(one(), "chat-messages", "message", "nowhere");
        send(one(), "chat-messages", "room", open, "message", "x".repeat(4001));
        for (int i = 0; i < 20; i++) { // so that each node has had its turn, and is done with what came before
            send(one(), "chat-messages", "room", open, "message", "fine " + i);
        }
        await().atMost(PATIENCE).until(() -> said(one(), open).size() == 20);
        String history = one().get("api/v1/rooms/" + ChatClient.encode(closed) + "/messages", ana.at(one()))
                .body();
        assertThat(history).doesNotContain("let me in");
        await("one line for each of these causes").atMost(PATIENCE).until(() -> lost() == 5);
        String log = cluster.one().log() + cluster.two().log();
        assertThat(log).contains("ChatMessages.say of channel chat-messages lost an event");
        assertThat(log).as("no stack trace").doesNotContain("\tat chat.foyer");
    }

    private static long lost() {
        String log = cluster.one().log() + cluster.two().log();
        return log.lines().filter(line -> line.contains("lost an event")).count();
    }

    @Test
    void help_is_answered_once_in_the_cluster_and_not_behind_doors() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.rich(one(), room);
                ChatClient bo = ChatClient.plain(two(), room)) {
            ana.nextEvent();
            String ref = ana.says("/help");
            for (ChatClient client : List.of(ana, bo)) {
                List<String> heard = client.hears(2);
                assertThat(heard.get(0)).isEqualTo("/help");
                assertThat(heard.get(1)).contains("the bot of this site");
            }
            ana.says("/help", ref);
            ana.says("what does /help do?");
            ana.hears("what does /help do?");
            bo.hears("what does /help do?");
        }
        assertThat(said(two(), room)).hasSize(3);
        People people = People.of(one());
        String closed = newRoom();
        new Rooms(one()).close(people.administrator(), closed);
        try (ChatClient member =
                ChatClient.plain(one(), closed, people.administrator().at(one()))) {
            member.says("/help");
            member.hears("/help");
            member.says("nobody answers");
            member.hears("nobody answers");
        }
    }

    @Test
    void y_what_is_sent_while_the_database_is_away_is_said_once_it_is_back() {
        String room = newRoom();
        for (int i = 0; i < 10; i++) { // the servlet sends them when it is away
            send(one(), "chat-messages?after=2", "room", room, "message", "in spite of all " + i);
        }
        cluster.postgres().kill();
        await().atMost(PATIENCE).until(() -> one().reports("eventsBusy") + two().reports("eventsBusy") > 0);
        cluster.postgres().restart();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> said(one(), room).size() == 10);
    }

    @Test
    void z_nodes_tell_the_status_room_that_they_start_and_stop() throws Exception {
        await().atMost(PATIENCE).until(() -> said(one(), STATUS_ROOM).size() == 2);
        assertThat(said(one(), STATUS_ROOM))
                .allSatisfy(line -> assertThat(line).matches("Foyer: Node \\S+ has started\\."));
        try (ChatClient ana = ChatClient.plain(one(), STATUS_ROOM)) {
            cluster.two().process().destroy();
            assertThat(ana.hears(1).get(0)).contains("is stopping");
        }
        assertThat(said(one(), STATUS_ROOM)).hasSize(3);
    }
}
