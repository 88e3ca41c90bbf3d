package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.database.Database;
import chat.foyer.room.RoomStore;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.RoomList;
import chat.foyer.testing.TestConfiguration;
import chat.foyer.testing.TwoNodes;
import chat.foyer.user.User;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people are told of their rooms on two nodes with one PostgreSQL and one Redis, and while these have trouble. */
class PersonStreamClusterIT extends TwoNodes {
    private static Database database;
    private static Someone ana;
    private static Someone bo;
    private static Someone eva;

    @BeforeAll
    static void start() {
        database = Database.open(TestConfiguration.of(cluster.databaseSettings()));
        People people = People.of(one());
        ana = people.member("Ana");
        bo = people.member("Bo");
        eva = people.member("Eva");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static String directRoom(Someone one, Someone other) {
        return RoomStore.of(database)
                .direct(new User(one.id(), one.name(), false), new User(other.id(), other.name(), false))
                .name()
                .text();
    }

    private static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    /** Somebody opens a room and closes it again. */
    private static void opens(Someone person, Node node, String room) {
        try (ChatClient visit = ChatClient.rich(node, room, person.at(node))) {
            visit.nextEvents();
        }
    }

    private static void says(Node node, String room, String text, String... headers) {
        try (ChatClient speaker = ChatClient.rich(node, room, headers)) {
            speaker.nextEvents();
            speaker.says(text);
            speaker.hearsAtLast(text); // what another node stored before it was killed may come in between
        }
    }

    /** The rooms of somebody with what is unread, as the database has it. */
    private static Map<String, Integer> stored(Node node, Someone person) {
        Map<String, Integer> unread = new TreeMap<>();
        Json.createReader(new StringReader(
                        node.get("api/v1/me/rooms", person.at(node)).body()))
                .readArray()
                .getValuesAs(JsonObject.class)
                .forEach(room -> unread.put(room.getString("room"), room.getInt("unread")));
        return unread;
    }

    @Test
    void a_direct_message_reaches_all_tabs_of_both_on_both_nodes_and_waits_for_who_is_away() {
        String room = directRoom(ana, bo);
        try (RoomList anaOne = RoomList.of(one(), ana.at(one()));
                RoomList anaTwo = RoomList.of(two(), ana.at(two()));
                RoomList boOne = RoomList.of(one(), bo.at(one()));
                RoomList boTwo = RoomList.of(two(), bo.at(two()));
                RoomList evaOne = RoomList.of(one(), eva.at(one()));
                ChatClient anaTalks = ChatClient.rich(one(), room, ana.at(one()))) {
            anaTalks.nextEvents();
            anaOne.shows(room, 0, 0);
            anaTwo.shows(room, 0, 0);
            assertThat(boOne.unread()).as("nothing was said yet").doesNotContainKey(room);
            anaTalks.says("psst @" + bo.handle());
            long start = System.nanoTime();
            boOne.shows(room, 1, 1);
            boTwo.shows(room, 1, 1);
            System.out.printf(
                    "direct message in the lists of both nodes after %d ms%n", (System.nanoTime() - start) / 1_000_000);
            anaOne.shows(room, 0, 0);
            anaTwo.shows(room, 0, 0);
            boTwo.sees(room, 1);
            boOne.shows(room, 0, 0);
            boTwo.shows(room, 0, 0);
            assertThat(evaOne.unread()).doesNotContainKey(room);
        }
        says(two(), room, "are you there?", ana.at(two()));
        try (RoomList later = RoomList.of(one(), bo.at(one()))) {
            assertThat(later.unread()).containsEntry(room, 1);
        }
    }

    @Test
    void a_room_is_in_the_list_from_its_opening_and_seen_in_all_tabs_once_seen_in_one() {
        String room = newRoom();
        says(one(), room, "before");
        try (RoomList here = RoomList.of(one(), ana.at(one()));
                RoomList there = RoomList.of(two(), ana.at(two()))) {
            assertThat(here.unread()).doesNotContainKey(room);
            try (ChatClient anaTalks = ChatClient.rich(two(), room, ana.at(two()))) {
                anaTalks.nextEvents();
                here.shows(room, 0, 0);
                there.shows(room, 0, 0);
                says(one(), room, "one");
                says(two(), room, "two @" + ana.handle());
                here.shows(room, 2, 1);
                there.shows(room, 2, 1);
                anaTalks.sends("{\"type\":\"room.seen\",\"seq\":2}");
                here.shows(room, 1, 1);
                there.shows(room, 1, 1);
                anaTalks.says("yes?");
                here.shows(room, 0, 0);
                there.shows(room, 0, 0);
                anaTalks.sends("{\"type\":\"room.seen\",\"seq\":4}");
                anaTalks.sends("{\"type\":\"room.seen\",\"seq\":2,\"back\":true}");
                here.shows(room, 2, 1);
                there.shows(room, 2, 1);
            }
        }
    }

    @Test
    void who_has_only_the_list_of_their_rooms_open_is_online_for_the_other_one_on_the_other_node() {
        String room = directRoom(ana, bo);
        says(one(), room, "are you there?", ana.at(one()));
        try (RoomList anaOne = RoomList.of(one(), ana.at(one()))) {
            anaOne.showsOther(room, "offline");
            try (RoomList boTwo = RoomList.of(two(), bo.at(two()))) {
                anaOne.showsOther(room, "active");
                boTwo.showsOther(room, "active");
                try (ChatClient boTalks = ChatClient.rich(two(), room, bo.at(two()))) {
                    boTalks.nextEvents();
                    boTalks.asks("away.start");
                    anaOne.showsOther(room, "away");
                }
                anaOne.showsOther(room, "active");
            }
            anaOne.showsOther(room, "offline");
        }
    }

    @Test
    void counts_are_equal_everywhere_after_a_load() {
        List<String> rooms = List.of(newRoom(), newRoom(), newRoom());
        rooms.forEach(room -> says(one(), room, "first"));
        for (String room : rooms) {
            opens(ana, one(), room);
            opens(bo, two(), room);
        }
        try (RoomList anaOne = RoomList.of(one(), ana.at(one()));
                RoomList anaTwo = RoomList.of(two(), ana.at(two()));
                RoomList boTwo = RoomList.of(two(), bo.at(two()))) {
            List<ChatClient> speakers = new ArrayList<>();
            for (String room : rooms) {
                speakers.add(ChatClient.rich(one(), room));
                speakers.add(ChatClient.rich(two(), room, bo.at(two())));
            }
            for (int i = 0; i < 300; i++) {
                String text = i % 50 == 0 ? "@" + ana.handle() + " " + i : "text " + i;
                speakers.forEach(speaker -> speaker.says(text));
            }
            speakers.forEach(speaker -> speaker.hearsAtLast("text 299"));
            rooms.forEach(room -> anaOne.shows(room, 600, 12));
            rooms.forEach(room -> anaTwo.shows(room, 600, 12));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(boTwo.unread()).isEqualTo(stored(one(), bo)).isEqualTo(stored(two(), bo));
                assertThat(anaTwo.unread()).isEqualTo(stored(one(), ana));
            });
            speakers.forEach(ChatClient::close);
        }
    }

    @Test
    void only_people_have_a_stream_and_it_takes_only_what_they_have_seen() {
        assertThat(ChatClient.refusal(one(), "ws/me")).isEqualTo(403);
        assertThat(ChatClient.refusal(one(), "ws/me/", ana.at(one())))
                .as("the plain wire")
                .isEqualTo(400);
        assertThat(one().get("api/v1/me/rooms").statusCode()).isEqualTo(403);
        try (RoomList list = RoomList.of(one(), ana.at(one()))) {
            list.stream().says("hello?");
            assertThat(list.stream().nextEvent().getString("code")).isEqualTo("malformed");
            list.sees("a/b", 1);
            assertThat(list.stream().nextEvent().getString("code")).isEqualTo("room_name");
            list.stream().sends("{\"type\":\"room.seen\",\"seq\":1}");
            assertThat(list.stream().nextEvent().getString("code")).isEqualTo("malformed");
            list.stream().sends("{\"type\":\"room.seen\",\"room\":\"lobby\"}");
            assertThat(list.stream().nextEvent().getString("code")).isEqualTo("malformed");
            list.sees("no room of mine", 7);
            list.stream().sends("no JSON");
            assertThat(list.stream().nextEvent().getString("code")).isEqualTo("malformed");
            assertThat(list.stream().isConnected()).isTrue();
        }
    }

    @Test
    void without_redis_counts_come_a_little_later_and_at_once_when_it_is_back() {
        String room = newRoom();
        says(one(), room, "first");
        opens(ana, one(), room);
        String direct = directRoom(eva, ana);
        try (RoomList here = RoomList.of(one(), ana.at(one()));
                RoomList there = RoomList.of(two(), ana.at(two()))) {
            there.shows(room, 0, 0);
            cluster.redis().kill();
            await().atMost(PATIENCE).until(() -> !one().busConnected() && !two().busConnected());
            says(one(), room, "while it is away, @" + ana.handle());
            says(one(), direct, "psst", eva.at(one()));
            long start = System.nanoTime();
            there.shows(room, 1, 1);
            there.shows(direct, 1, 0);
            here.shows(direct, 1, 0);
            System.out.printf(
                    "without Redis told on the other node after %d ms%n", (System.nanoTime() - start) / 1_000_000);
            here.sees(room, 2);
            here.shows(room, 0, 0);
            there.shows(room, 0, 0);
            cluster.redis().restart();
            cluster.awaitBus();
            says(two(), room, "it is back");
            here.shows(room, 1, 0);
            there.shows(room, 1, 0);
        }
    }

    @Test
    void z_after_a_node_was_killed_the_other_one_knows_all_that_was_seen_and_said() {
        String room = newRoom();
        says(one(), room, "first");
        opens(ana, one(), room);
        opens(bo, two(), room);
        try (RoomList here = RoomList.of(one(), ana.at(one()));
                RoomList there = RoomList.of(two(), ana.at(two()));
                RoomList boTwo = RoomList.of(two(), bo.at(two()))) {
            says(one(), room, "second");
            there.shows(room, 1, 0);
            here.sees(room, 2);
            there.shows(room, 0, 0);
            says(one(), room, "third");
            cluster.one().kill();
            there.shows(room, 1, 0);
            boTwo.shows(room, 2, 0);
            says(two(), room, "fourth");
            there.shows(room, 2, 0);
            cluster.one().restart();
            cluster.awaitBus();
            try (RoomList again = RoomList.of(one(), ana.at(one()))) {
                assertThat(again.unread()).containsEntry(room, 2).isEqualTo(stored(two(), ana));
                says(two(), room, "fifth");
                again.shows(room, 3, 0);
                there.shows(room, 3, 0);
            }
        }
    }
}
