package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.RoomList;
import chat.foyer.testing.SharedServer;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream of a person and its REST twin: what puts a room into the list, what takes it out, and who is refused. */
class PersonStreamIT extends SharedServer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private String room = "room-" + UUID.randomUUID();
    private People people;
    private Someone ana;

    @BeforeEach
    void begin() {
        people = People.of(node());
        ana = people.member("Ana");
    }

    private RoomList listOf(Someone person) {
        return RoomList.of(node(), person.at(node()));
    }

    private int does(Someone person, String method, String path, String body) {
        return node().send(method, "api/v1/" + path, body, person.at(node())).statusCode();
    }

    private void makes(Someone person, String kind) {
        assertThat(does(person, "POST", "rooms", "{\"name\": \"" + room + "\", \"kind\": \"" + kind + "\"}"))
                .isEqualTo(201);
    }

    private String talks(Someone person, Someone with) {
        String body = node().send("POST", "api/v1/direct", "{\"person\": \"" + with.id() + "\"}", person.at(node()))
                .body();
        try (JsonReader answer = Json.createReader(new StringReader(body))) {
            return answer.readObject().getString("name");
        }
    }

    private void says(Someone person, String text) {
        List<String> headers = new ArrayList<>(List.of(person.at(node())));
        headers.addAll(List.of("Idempotency-Key", UUID.randomUUID().toString()));
        String body = "{\"message\": \"" + text + "\"}";
        assertThat(node().post("api/v1/rooms/" + room + "/messages", body, headers.toArray(new String[0]))
                        .statusCode())
                .isEqualTo(201);
    }

    private static void awaitGone(RoomList list, String gone) {
        await(gone + " is listed no more")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(list.unread()).doesNotContainKey(gone));
    }

    @Test
    void a_closed_room_is_in_the_list_while_one_is_a_member() {
        Someone bo = people.member("Bo");
        makes(ana, "closed");
        try (RoomList list = listOf(bo)) {
            assertThat(does(ana, "PUT", "rooms/" + room + "/members/" + bo.id(), "{}"))
                    .isEqualTo(200);
            list.shows(room, 0, 0);
            says(ana, "welcome, @" + bo.handle());
            list.shows(room, 1, 1);
            assertThat(does(ana, "DELETE", "rooms/" + room + "/members/" + bo.id(), ""))
                    .isEqualTo(204);
            awaitGone(list, room);
            says(ana, "now that we are alone, @" + bo.handle());
            assertThat(node().get("api/v1/me/rooms", bo.at(node())).body()).doesNotContain(room);
        }
    }

    @Test
    void a_renamed_room_is_listed_under_its_new_name_and_an_archived_one_no_more() {
        makes(ana, "open");
        String later = room + "-later";
        try (RoomList list = listOf(ana)) {
            list.shows(room, 0, 0);
            assertThat(does(ana, "PATCH", "rooms/" + room, "{\"name\": \"" + later + "\"}"))
                    .isEqualTo(200);
            list.shows(later, 0, 0);
            awaitGone(list, room);
            assertThat(does(ana, "PATCH", "rooms/" + later, "{\"archived\": true}"))
                    .isEqualTo(200);
            awaitGone(list, later);
        }
    }

    @Test
    void a_place_can_be_told_by_rest_and_only_goes_forward() {
        Someone bo = people.member("Bo");
        makes(ana, "closed");
        assertThat(does(ana, "PUT", "rooms/" + room + "/members/" + bo.id(), "{}"))
                .isEqualTo(200);
        try (RoomList list = listOf(bo)) {
            says(ana, "one");
            says(ana, "two");
            list.shows(room, 2, 0);
            int head = list.counts(room).get(0);
            assertThat(does(bo, "PUT", "rooms/" + room + "/seen", "{\"seq\": " + (head - 1) + "}"))
                    .isEqualTo(204);
            list.shows(room, 1, 0);
            assertThat(does(bo, "PUT", "rooms/" + room + "/seen", "{\"seq\": 1}"))
                    .isEqualTo(204);
            assertThat(does(bo, "PUT", "rooms/" + room + "/seen", "{\"seq\": 999999}"))
                    .isEqualTo(204);
            list.shows(room, 0, 0);
            assertThat(list.counts(room).get(1)).isEqualTo(head);
        }
    }

    @Test
    void an_open_room_leaves_the_list_when_it_is_forgotten() {
        Someone bo = people.member("Bo");
        makes(ana, "open");
        try (RoomList list = listOf(bo)) {
            try (ChatClient visit = ChatClient.rich(node(), room, bo.at(node()))) {
                visit.nextEvents();
                list.shows(room, 0, 0);
            }
            assertThat(does(bo, "DELETE", "me/rooms/" + room, "")).isEqualTo(204);
            awaitGone(list, room);
            assertThat(does(ana, "DELETE", "me/rooms/" + room, "")).isEqualTo(204);
            assertThat(node().get("api/v1/me/rooms", ana.at(node())).body())
                    .as("members stay")
                    .contains(room);
        }
    }

    @Test
    void the_other_one_of_a_conversation_is_seen_coming_going_away_and_leaving() {
        Someone bo = people.member("Bo");
        String elsewhere = room;
        room = talks(ana, bo);
        says(ana, "have you a minute?");
        try (RoomList list = listOf(ana)) {
            list.showsOther(room, "offline");
            try (ChatClient visit = ChatClient.rich(node(), elsewhere, bo.at(node()))) {
                visit.nextEvents();
                list.showsOther(room, "active");
                visit.sends("{\"type\": \"away.start\"}");
                list.showsOther(room, "away");
            }
            list.showsOther(room, "offline");
        }
    }

    @Test
    void a_conversation_appears_at_the_other_one_while_both_are_here() {
        Someone bo = people.member("Bo");
        room = talks(ana, bo);
        try (RoomList anas = listOf(ana);
                RoomList bos = listOf(bo);
                ChatClient visit = ChatClient.rich(node(), room, ana.at(node()))) {
            visit.nextEvents();
            anas.shows(room, 0, 0);
            says(ana, "have you a minute?");
            bos.shows(room, 1, 0);
        }
    }

    @Test
    void bad_places_and_the_rooms_of_others_are_refused() {
        Someone bo = people.member("Bo");
        makes(ana, "closed");
        String seen = "rooms/" + room + "/seen";
        assertThat(does(bo, "PUT", seen, "{\"seq\": 1}")).isEqualTo(404);
        for (String body : new String[] {
            "", "{}", "{\"seq\": -1}", "{\"seq\": 1.5}", "{\"seq\": 1e3}", "{\"seq\": null}", "{\"seq\": \"x\"}",
        }) {
            assertThat(does(ana, "PUT", seen, body)).as(body).isEqualTo(422);
        }
        for (String body : new String[] {"[1]", "no JSON"}) {
            assertThat(does(ana, "PUT", seen, body)).as(body).isEqualTo(400);
        }
        assertThat(node().send("PUT", "api/v1/" + seen, "{\"seq\": 1}").statusCode())
                .as("a guest")
                .isEqualTo(403);
        assertThat(node().send("PUT", "api/v1/" + seen, "{\"seq\": 1}", "Cookie", "foyer_session=" + ana.session())
                        .statusCode())
                .as("a page of another site")
                .isEqualTo(403);
        assertThat(ChatClient.refusal(
                        node(),
                        "ws/me",
                        "Cookie",
                        "foyer_session=" + ana.session(),
                        "Origin",
                        "https://elsewhere.example"))
                .isEqualTo(403);
        try (RoomList list = listOf(bo)) {
            list.sees(room, 1);
            says(ana, "psst");
            assertThat(list.unread()).isEqualTo(Map.of());
        }
    }

    @Test
    void signing_out_cuts_the_stream() {
        try (RoomList list = listOf(ana)) {
            assertThat(does(ana, "DELETE", "session", "")).isEqualTo(204);
            assertThat(list.stream().isSentAway().code()).isEqualTo(4501);
        }
    }
}
