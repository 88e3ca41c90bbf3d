package chat.foyer.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.SharedServer;
import chat.foyer.user.Guests;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is in a room of the deployed WAR, on one node. */
class PresenceIT extends SharedServer {
    private final String room = "room-" + UUID.randomUUID();

    /** Somebody with a cookie of their own, and so the same person in every tab. */
    private record Person(Node node, String room, String secret) {
        ChatClient tab() {
            return ChatClient.rich(node, room, "Cookie", "foyer_guest=" + secret, "Origin", node.origin());
        }

        String id() {
            return Guests.holderOf(secret).id();
        }
    }

    private Person person() {
        return new Person(node(), room, Guests.newSecret());
    }

    static JsonObject attendance(Node node, String room) {
        HttpResponse<String> answer = node.get("api/v1/rooms/" + ChatClient.encode(room) + "/presence");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    static List<String> ids(JsonObject object, String member) {
        return object.getJsonArray(member).stream()
                .map(value -> value instanceof JsonString id
                        ? id.getString()
                        : value.asJsonObject().getString("id"))
                .toList();
    }

    /** The next news of who is here, other news passed over. */
    static JsonObject nextChange(ChatClient client) {
        JsonObject notice = client.nextNotice();
        while (!notice.getString("type").equals("presence.changed")) {
            notice = client.nextNotice();
        }
        return notice;
    }

    @Test
    void the_welcome_names_who_is_present_and_everybody_else_is_told_of_the_new_one() {
        Person ana = person();
        Person bo = person();
        try (ChatClient first = ana.tab()) {
            JsonObject welcome = first.nextEvent();
            assertThat(ids(welcome, "present")).containsExactly(ana.id());
            assertThat(welcome.getInt("presentCount")).isEqualTo(1);
            assertThat(nextChange(first).getInt("count")).isEqualTo(1);
            try (ChatClient second = bo.tab()) {
                assertThat(ids(second.nextEvent(), "present")).containsExactlyInAnyOrder(ana.id(), bo.id());
                JsonObject news = nextChange(first);
                assertThat(ids(news, "joined")).containsExactly(bo.id());
                assertThat(news.getInt("count")).isEqualTo(2);
            }
            JsonObject news = nextChange(first);
            assertThat(ids(news, "left")).containsExactly(bo.id());
            assertThat(news.getInt("count")).isEqualTo(1);
        }
    }

    @Test
    void two_tabs_count_once_and_leave_with_the_last() {
        Person ana = person();
        Person bo = person();
        try (ChatClient watcher = bo.tab()) {
            nextChange(watcher);
            ChatClient first = ana.tab();
            assertThat(ids(nextChange(watcher), "joined")).containsExactly(ana.id());
            ChatClient second = ana.tab();
            first.close();
            second.asks("away.start"); // so there is news, and it is not that Ana has left
            JsonObject news = nextChange(watcher);
            assertThat(ids(news, "left")).isEmpty();
            assertThat(ids(news, "away")).containsExactly(ana.id());
            assertThat(news.getInt("count")).isEqualTo(2);
            second.close();
            assertThat(ids(nextChange(watcher), "left")).containsExactly(ana.id());
        }
    }

    @Test
    void somebody_is_away_when_all_their_tabs_are() {
        Person ana = person();
        Person bo = person();
        try (ChatClient watcher = bo.tab();
                ChatClient first = ana.tab();
                ChatClient second = ana.tab()) {
            await().until(() -> attendance(node(), room).getInt("count") == 2);
            first.asks("away.start");
            first.says("so the frame before was read");
            watcher.hears("so the frame before was read");
            assertThat(person(attendance(node(), room), ana.id()).getBoolean("away"))
                    .isFalse();
            second.asks("away.start");
            await().until(() -> person(attendance(node(), room), ana.id()).getBoolean("away"));
            first.asks("away.end");
            await().until(() -> !person(attendance(node(), room), ana.id()).getBoolean("away"));
            assertThat(person(attendance(node(), room), bo.id()).getBoolean("away"))
                    .isFalse();
        }
    }

    private static JsonObject person(JsonObject attendance, String id) {
        return attendance.getJsonArray("people").stream()
                .map(JsonValue::asJsonObject)
                .filter(person -> person.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void plain_clients_count_too_and_are_shown_nothing() {
        try (ChatClient program = ChatClient.plain(node(), room);
                ChatClient ana = person().tab();
                ChatClient bo = person().tab()) {
            assertThat(ana.nextEvent().getInt("presentCount")).isBetween(2, 3);
            bo.asks("typing.start");
            JsonObject notice = ana.nextNotice();
            while (!notice.getString("type").equals("typing.started")) {
                notice = ana.nextNotice();
            }
            assertThat(attendance(node(), room).getInt("count")).isEqualTo(3);
            bo.says("hi");
            assertThat(program.next()).isEqualTo("{\"message\":\"hi\"}");
            assertThat(program.unread()).isZero();
        }
    }

    @Test
    void typing_is_told_to_the_others_once_in_three_seconds_and_never_to_the_typist() {
        Person ana = person();
        try (ChatClient typist = ana.tab();
                ChatClient otherTab = ana.tab();
                ChatClient bo = person().tab()) {
            await().until(() -> attendance(node(), room).getInt("count") == 2);
            for (int i = 0; i < 5; i++) {
                typist.asks("typing.start");
            }
            typist.says("done");
            typist.hears("done");
            otherTab.hears("done");
            bo.hears("done");
            assertThat(typings(bo)).containsExactly(ana.id());
            assertThat(typings(typist)).isEmpty();
            assertThat(typings(otherTab)).isEmpty();
        }
    }

    private static List<String> typings(ChatClient client) {
        return java.util.stream.IntStream.range(0, client.unreadNotices())
                .mapToObj(i -> client.nextNotice())
                .filter(notice -> notice.getString("type").equals("typing.started"))
                .map(notice -> notice.getJsonObject("user").getString("id"))
                .toList();
    }

    @Test
    void news_without_a_number_do_not_move_the_cursor() {
        Person ana = person();
        try (ChatClient first = ana.tab()) {
            JsonObject welcome = first.nextEvent();
            first.says("one");
            first.hears("one");
            JsonObject news = nextChange(first);
            assertThat(news.keySet()).containsExactlyInAnyOrder("type", "joined", "left", "away", "active", "count");
            try (ChatClient again = ChatClient.resuming(
                    node(),
                    room,
                    welcome.getString("epoch"),
                    0,
                    "Cookie",
                    "foyer_guest=" + ana.secret(),
                    "Origin",
                    node().origin())) {
                assertThat(again.nextEvents()).hasSize(2);
            }
        }
    }

    @Test
    void a_bad_room_name_is_a_problem() {
        assertThat(node().get("api/v1/rooms/a%E2%80%AEb/presence").statusCode()).isEqualTo(404);
    }

    @Test
    void nobody_is_in_a_room_that_nobody_has_entered() {
        JsonObject attendance = attendance(node(), room);
        assertThat(attendance.getInt("count")).isZero();
        assertThat(attendance.getJsonArray("people")).isEmpty();
    }
}
