package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.database.Database;
import chat.foyer.room.RoomStore;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Cluster;
import chat.foyer.testing.Node;
import chat.foyer.testing.PatchedWar;
import chat.foyer.testing.RoomList;
import chat.foyer.testing.ServerProcess.Unusual;
import chat.foyer.testing.TestConfiguration;
import chat.foyer.user.User;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What people are told of their rooms on two nodes with one PostgreSQL and one Redis, and while these have trouble. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class PersonStreamClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final User ANA = new User("u-ana", "Ana", false);
    private static final User BO = new User("u-bo", "Bo", false);
    private static final User EVA = new User("u-eva", "Eva", false);

    private static Cluster cluster;
    private static Database database;

    @BeforeAll
    static void start() {
        Unusual known = Unusual.not().withWar(knowing().war());
        cluster = Cluster.start(known, known);
        database = Database.open(TestConfiguration.of(cluster.databaseSettings()));
        for (User person : List.of(ANA, BO, EVA)) {
            database.jdbi()
                    .useHandle(handle -> handle.createUpdate("""
                                    INSERT INTO person (id, handle, name, skeleton, role, created_at)
                                    VALUES (:id, :handle, :name, :handle, 'MEMBER', CURRENT_TIMESTAMP)
                                    """)
                            .bind("id", person.id())
                            .bind("handle", person.id().substring(2))
                            .bind("name", person.name())
                            .execute());
        }
    }

    /** Takes everybody's word for who they are. */
    private static PatchedWar knowing() {
        return PatchedWar.built().inClass("chat.foyer.web.CallerFilter", """
                        return recognisers.stream()
                """, """
                        if (credentials.bearer().isPresent()) {
                            String[] said = credentials.bearer().get().split(":");
                            return Optional.of(new Identity(
                                    new chat.foyer.user.User(said[0], said[1], false),
                                    chat.foyer.user.Role.MEMBER,
                                    new chat.foyer.user.Proof(
                                            chat.foyer.user.Proof.Kind.TOKEN,
                                            said[0],
                                            chat.foyer.user.Scope.ADMIN,
                                            Optional.empty()),
                                    0));
                        }
                        return recognisers.stream()
                """);
    }

    private static String[] as(User person) {
        return new String[] {"Authorization", "Bearer " + person.id() + ":" + person.name()};
    }

    @AfterAll
    static void stop() {
        database.close();
        cluster.close();
    }

    private static Node one() {
        return cluster.one().node();
    }

    private static Node two() {
        return cluster.two().node();
    }

    private static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    /** Somebody opens a room and closes it again. */
    private static void opens(User person, Node node, String room) {
        try (ChatClient visit = ChatClient.rich(node, room, as(person))) {
            visit.nextEvents();
        }
    }

    private static void says(Node node, String room, String text, String... headers) {
        try (ChatClient speaker = ChatClient.rich(node, room, headers)) {
            speaker.nextEvents();
            speaker.says(text);
            speaker.hears(text);
        }
    }

    /** The rooms of somebody with what is unread, as the database has it. */
    private static Map<String, Integer> stored(Node node, User person) {
        Map<String, Integer> unread = new TreeMap<>();
        Json.createReader(
                        new StringReader(node.get("api/v1/me/rooms", as(person)).body()))
                .readArray()
                .getValuesAs(JsonObject.class)
                .forEach(room -> unread.put(room.getString("room"), room.getInt("unread")));
        return unread;
    }

    @Test
    void a_direct_message_reaches_all_tabs_of_both_on_both_nodes_and_waits_for_who_is_away() {
        String room = RoomStore.of(database).direct(ANA, BO).name().text();
        try (RoomList anaOne = RoomList.of(one(), as(ANA));
                RoomList anaTwo = RoomList.of(two(), as(ANA));
                RoomList boOne = RoomList.of(one(), as(BO));
                RoomList boTwo = RoomList.of(two(), as(BO));
                RoomList eva = RoomList.of(one(), as(EVA));
                ChatClient ana = ChatClient.rich(one(), room, as(ANA))) {
            ana.nextEvents();
            anaOne.shows(room, 0, 0);
            anaTwo.shows(room, 0, 0);
            assertThat(boOne.unread()).as("nothing was said yet").doesNotContainKey(room);
            ana.says("psst @bo");
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
            assertThat(eva.unread()).doesNotContainKey(room);
        }
        says(two(), room, "are you there?", as(ANA));
        try (RoomList later = RoomList.of(one(), as(BO))) {
            assertThat(later.unread()).containsEntry(room, 1);
        }
    }

    @Test
    void a_room_is_in_the_list_from_its_opening_and_seen_in_all_tabs_once_seen_in_one() {
        String room = newRoom();
        says(one(), room, "before");
        try (RoomList here = RoomList.of(one(), as(ANA));
                RoomList there = RoomList.of(two(), as(ANA))) {
            assertThat(here.unread()).doesNotContainKey(room);
            try (ChatClient ana = ChatClient.rich(two(), room, as(ANA))) {
                ana.nextEvents();
                here.shows(room, 0, 0);
                there.shows(room, 0, 0);
                says(one(), room, "one");
                says(two(), room, "two @ana");
                here.shows(room, 2, 1);
                there.shows(room, 2, 1);
                ana.sends("{\"type\":\"room.seen\",\"seq\":2}");
                here.shows(room, 1, 1);
                there.shows(room, 1, 1);
                ana.says("yes?");
                here.shows(room, 0, 0);
                there.shows(room, 0, 0);
            }
        }
    }

    @Test
    void counts_are_equal_everywhere_after_a_load() {
        List<String> rooms = List.of(newRoom(), newRoom(), newRoom());
        rooms.forEach(room -> says(one(), room, "first"));
        for (String room : rooms) {
            opens(ANA, one(), room);
            opens(BO, two(), room);
        }
        try (RoomList anaOne = RoomList.of(one(), as(ANA));
                RoomList anaTwo = RoomList.of(two(), as(ANA));
                RoomList boTwo = RoomList.of(two(), as(BO))) {
            List<ChatClient> speakers = new ArrayList<>();
            for (String room : rooms) {
                speakers.add(ChatClient.rich(one(), room));
                speakers.add(ChatClient.rich(two(), room, as(BO)));
            }
            for (int i = 0; i < 300; i++) {
                String text = i % 50 == 0 ? "@ana " + i : "text " + i;
                speakers.forEach(speaker -> speaker.says(text));
            }
            speakers.forEach(speaker -> speaker.hearsAtLast("text 299"));
            rooms.forEach(room -> anaOne.shows(room, 600, 12));
            rooms.forEach(room -> anaTwo.shows(room, 600, 12));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(boTwo.unread()).isEqualTo(stored(one(), BO)).isEqualTo(stored(two(), BO));
                assertThat(anaTwo.unread()).isEqualTo(stored(one(), ANA));
            });
            speakers.forEach(ChatClient::close);
        }
    }

    @Test
    void only_people_have_a_stream_and_it_takes_only_what_they_have_seen() {
        assertThat(ChatClient.refusal(one(), "ws/me")).isEqualTo(403);
        assertThat(ChatClient.refusal(one(), "ws/me/", as(ANA)))
                .as("the plain wire")
                .isEqualTo(400);
        assertThat(one().get("api/v1/me/rooms").statusCode()).isEqualTo(403);
        try (RoomList list = RoomList.of(one(), as(ANA))) {
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
        opens(ANA, one(), room);
        String direct = RoomStore.of(database).direct(EVA, ANA).name().text();
        try (RoomList here = RoomList.of(one(), as(ANA));
                RoomList there = RoomList.of(two(), as(ANA))) {
            there.shows(room, 0, 0);
            cluster.redis().kill();
            await().atMost(PATIENCE).until(() -> !one().busConnected() && !two().busConnected());
            says(one(), room, "while it is away, @ana");
            says(one(), direct, "psst", as(EVA));
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
        opens(ANA, one(), room);
        opens(BO, two(), room);
        try (RoomList here = RoomList.of(one(), as(ANA));
                RoomList there = RoomList.of(two(), as(ANA));
                RoomList bo = RoomList.of(two(), as(BO))) {
            says(one(), room, "second");
            there.shows(room, 1, 0);
            here.sees(room, 2);
            there.shows(room, 0, 0);
            says(one(), room, "third");
            cluster.one().kill();
            there.shows(room, 1, 0);
            bo.shows(room, 2, 0);
            says(two(), room, "fourth");
            there.shows(room, 2, 0);
            cluster.one().restart();
            cluster.awaitBus();
            try (RoomList again = RoomList.of(one(), as(ANA))) {
                assertThat(again.unread()).containsEntry(room, 2).isEqualTo(stored(two(), ANA));
                says(two(), room, "fifth");
                again.shows(room, 3, 0);
                there.shows(room, 3, 0);
            }
        }
    }
}
