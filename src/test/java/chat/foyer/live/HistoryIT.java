package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.SharedServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stays: history, resuming, editing, and doing things once, by socket and REST. */
class HistoryIT extends SharedServer {
    private static final String[] ANA = {"Cookie", "foyer_guest=" + "E".repeat(43)};

    private String[] ana() {
        return new String[] {ANA[0], ANA[1], "Origin", node().origin()};
    }

    private String[] anaPosting(String key) {
        return new String[] {ANA[0], ANA[1], "Origin", node().origin(), "Idempotency-Key", key};
    }

    private static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    private static JsonArray array(String text) {
        return Json.createReader(new StringReader(text)).readArray();
    }

    private static JsonObject object(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private void say(String room, int from, int to) {
        try (ChatClient speaker = ChatClient.plain(node(), room)) {
            for (int i = from; i <= to; i++) {
                speaker.says("m" + i);
            }
            speaker.hears(to - from + 1);
        }
    }

    private static List<String> bodies(JsonArray events) {
        return events.stream()
                .map(event -> event.asJsonObject().getString("body"))
                .toList();
    }

    @Test
    void who_comes_later_reads_what_was_said_and_the_plain_wire_starts_empty() {
        String room = newRoom();
        say(room, 1, 3);
        HttpResponse<String> history = node().get("api/v1/rooms/" + room + "/messages");
        assertThat(history.statusCode()).isEqualTo(200);
        assertThat(bodies(array(history.body()))).containsExactly("m1", "m2", "m3");
        assertThat(node().get("chat/" + room + "/").body()).contains("m1").contains("m3");
        try (ChatClient plain = ChatClient.plain(node(), room)) {
            plain.says("first thing I hear");
            plain.hears("first thing I hear");
        }
    }

    @Test
    void pages_are_linked_and_lie_side_by_side() {
        String room = newRoom();
        say(room, 1, 25);
        List<String> backwards = new ArrayList<>();
        String path = "api/v1/rooms/" + room + "/messages?limit=10";
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> page = node().get(path);
            backwards.addAll(0, bodies(array(page.body())));
            Matcher link = Pattern.compile("<[^>]*/(api/v1/[^>]*)>;\\s*rel=\"?prev")
                    .matcher(String.join(",", page.headers().allValues("Link")));
            assertThat(link.find()).as("a further page").isEqualTo(i < 2);
            path = i < 2 ? link.group(1) : path;
        }
        assertThat(backwards).hasSize(25).first().isEqualTo("m1");
        assertThat(backwards).last().isEqualTo("m25");
        assertThat(bodies(array(node().get("api/v1/rooms/" + room + "/messages?after=23")
                        .body())))
                .containsExactly("m24", "m25");
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0, 400, cursor",
        "?limit=201, 400, cursor",
        "?limit=x, 400, cursor",
        "?before=-1, 400, cursor",
        "?before=1&after=2, 400, cursor",
        "?after=99999999999999999999, 400, cursor",
    })
    void an_absurd_page_is_a_problem_that_helps(String query, int status, String code) {
        HttpResponse<String> answer = node().get("api/v1/rooms/lobby/messages" + query);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonObject problem = object(answer.body());
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("detail")).isNotBlank();
    }

    @Test
    void what_is_posted_by_rest_is_no_longer_than_a_frame() {
        String path = "api/v1/rooms/" + newRoom() + "/messages";
        HttpResponse<String> answer =
                node().post(path, "{\"message\":\"" + "x".repeat(65_536) + "\"}", anaPosting("large-" + path));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(object(answer.body()).getString("code")).isEqualTo("too_large");
    }

    @Test
    void what_is_posted_by_rest_is_heard_at_once_and_once() {
        String room = newRoom();
        String path = "api/v1/rooms/" + room + "/messages";
        try (ChatClient listener = ChatClient.rich(node(), room)) {
            listener.nextEvent();
            HttpResponse<String> first = node().post(path, "{\"message\":\"build is green\"}", anaPosting("k-" + room));
            assertThat(first.statusCode()).isEqualTo(201);
            JsonObject heard = listener.nextEvent();
            assertThat(array(first.body()).getJsonObject(0)).isEqualTo(heard);
            HttpResponse<String> again = node().post(path, "{\"message\":\"build is green\"}", anaPosting("k-" + room));
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
            HttpResponse<String> other = node().post(path, "{\"message\":\"something else\"}", anaPosting("k-" + room));
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(object(other.body()).getString("code")).isEqualTo("ref");
            listener.says("next");
            assertThat(listener.nextEvent().getString("body")).isEqualTo("next");
        }
    }

    @Test
    void bad_posts_are_problems_and_leave_nothing() {
        String room = newRoom();
        String path = "api/v1/rooms/" + room + "/messages";
        assertThat(node().post(path, "{\"message\":\"hi\"}").statusCode()).isEqualTo(400);
        assertThat(node().post(path, "[]", anaPosting("k")).statusCode()).isEqualTo(400);
        assertThat(node().post(path, "{\"message\":\" \"}", anaPosting("k")).statusCode())
                .isEqualTo(400);
        assertThat(node().post(path, "{\"message\":\"\\u0000\"}", anaPosting("k"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(node().post(path, "{\"message\":\"hi\"}", anaPosting("k".repeat(65)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(node().post(path, "{\"message\":\"" + "x".repeat(4001) + "\"}", anaPosting("k"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(node().post(
                                path,
                                "{\"message\":\"hi\"}",
                                ANA[0],
                                ANA[1],
                                "Origin",
                                "http://evil.example",
                                "Idempotency-Key",
                                "k")
                        .statusCode())
                .isEqualTo(403);
        assertThat(node().post("api/v1/rooms/a%2Fb/messages", "{\"message\":\"hi\"}", anaPosting("k"))
                        .statusCode())
                .isBetween(400, 404);
        assertThat(array(node().get(path).body())).isEmpty();
    }

    @Test
    void who_resumes_gets_exactly_what_was_missed() {
        String room = newRoom();
        String epoch;
        long seen;
        try (ChatClient ana = ChatClient.rich(node(), room, ana())) {
            epoch = ana.nextEvent().getString("epoch");
            ana.says("seen");
            seen = ana.nextEvent().getJsonNumber("rev").longValue();
        }
        say(room, 1, 5);
        try (ChatClient ana = ChatClient.resuming(node(), room, epoch, seen, ana());
                ChatClient bo = ChatClient.plain(node(), room)) {
            List<JsonObject> first = ana.nextEvents();
            assertThat(first.get(0).getString("type")).isEqualTo("welcome");
            assertThat(first.get(0).getJsonNumber("seq").longValue()).isEqualTo(seen + 5);
            assertThat(first.stream().skip(1).map(event -> event.getString("body")))
                    .containsExactly("m1", "m2", "m3", "m4", "m5");
            bo.says("live");
            assertThat(ana.nextEvent().getString("body")).isEqualTo("live");
        }
        try (ChatClient nothingMissed = ChatClient.resuming(node(), room, epoch, seen + 6, ana())) {
            assertThat(nothingMissed.nextEvent().getString("type")).isEqualTo("welcome");
        }
    }

    @Test
    void a_cursor_that_means_nothing_here_is_answered_by_resync_or_a_reason() {
        String room = newRoom();
        say(room, 1, 3);
        String epoch;
        try (ChatClient ana = ChatClient.rich(node(), room)) {
            epoch = ana.nextEvent().getString("epoch");
        }
        for (ChatClient client : List.of(
                ChatClient.resuming(node(), room, UUID.randomUUID().toString(), 1),
                ChatClient.resuming(node(), room, epoch, 999))) {
            try (client) {
                List<JsonObject> first = client.nextEvents();
                assertThat(first.get(1).getString("type")).isEqualTo("resync");
                assertThat(first.get(1).getInt("head")).isEqualTo(3);
            }
        }
        try (ChatClient nonsense = ChatClient.resuming(node(), room, epoch, -5)) {
            assertThat(nonsense.isSentAway().reason()).contains("To resume");
        }
    }

    @Test
    void the_backlog_is_fetched_by_frames_too() {
        String room = newRoom();
        say(room, 1, 7);
        try (ChatClient ana = ChatClient.rich(node(), room)) {
            ana.nextEvent();
            ana.sends("{\"type\":\"backlog.fetch\",\"limit\":3}");
            JsonObject page = ana.nextEvent();
            assertThat(page.getString("type")).isEqualTo("backlog.page");
            assertThat(bodies(page.getJsonArray("messages"))).containsExactly("m5", "m6", "m7");
            ana.sends("{\"type\":\"backlog.fetch\",\"limit\":10,\"before\":" + page.getInt("before") + "}");
            JsonObject older = ana.nextEvent();
            assertThat(bodies(older.getJsonArray("messages"))).containsExactly("m1", "m2", "m3", "m4");
            assertThat(older.containsKey("before")).as("the beginning").isFalse();
            ana.sends("{\"type\":\"backlog.fetch\",\"limit\":3,\"around\":4}");
            JsonObject around = ana.nextEvent();
            assertThat(bodies(around.getJsonArray("messages"))).containsExactly("m3", "m4", "m5");
            assertThat(around.getInt("before")).isEqualTo(3);
            assertThat(around.getInt("after")).isEqualTo(5);
            ana.sends("{\"type\":\"backlog.fetch\",\"around\":7,\"before\":7}");
            assertThat(ana.nextEvent().getString("code")).isEqualTo("cursor");
            ana.sends("{\"type\":\"backlog.fetch\",\"limit\":-1}");
            assertThat(ana.nextEvent().getString("code")).isEqualTo("cursor");
            ana.sends("{\"type\":\"backlog.fetch\",\"before\":\"x\"}");
            assertThat(ana.nextEvent().getString("code")).isEqualTo("malformed");
        }
    }

    @Test
    void a_message_is_edited_and_deleted_by_its_author_alone() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.rich(node(), room, ana());
                ChatClient bo = ChatClient.rich(node(), room)) {
            ana.nextEvent();
            bo.nextEvent();
            ana.says("teh");
            String id = ana.nextEvent().getString("id");
            bo.nextEvent();

            bo.asks("message.edit", "ref", "b1-" + room, "message", id, "body", "mine now");
            assertThat(bo.nextEvent().getString("code")).isEqualTo("not_yours");
            ana.asks("message.edit", "ref", "a1-" + room, "message", id, "body", "the");
            JsonObject edited = bo.nextEvent();
            assertThat(edited.getString("type")).isEqualTo("message.edited");
            assertThat(edited.getString("body")).isEqualTo("the");
            assertThat(edited.getInt("seq")).isEqualTo(1);
            assertThat(edited.getInt("rev")).isEqualTo(2);
            assertThat(List.of(
                            ana.nextEvent().getString("type"), ana.nextEvent().getString("type")))
                    .containsExactlyInAnyOrder("message.edited", "message.confirmed");

            ana.asks("message.delete", "ref", "a2-" + room, "message", id);
            JsonObject deleted = bo.nextEvent();
            assertThat(deleted.getString("type")).isEqualTo("message.deleted");
            assertThat(deleted.containsKey("body")).isFalse();
            assertThat(node().get("api/v1/rooms/" + room + "/messages").body())
                    .doesNotContain("teh")
                    .doesNotContain("\"the\"");
            ana.nextEvent();
            ana.nextEvent();
            ana.asks("message.edit", "ref", "a3-" + room, "message", id, "body", "zombie");
            assertThat(ana.nextEvent().getString("code")).isEqualTo("no_message");
            ana.asks("message.edit", "ref", "a4-" + room, "message", "no-uuid", "body", "x");
            assertThat(ana.nextEvent().getString("code")).isEqualTo("no_message");
        }
    }

    @Test
    void a_message_sent_again_is_confirmed_and_not_said_again() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.rich(node(), room, ana());
                ChatClient bo = ChatClient.plain(node(), room)) {
            ana.nextEvent();
            ana.says("once", "same-" + room);
            JsonObject posted = ana.nextEvent();
            ana.says("once", "same-" + room);
            JsonObject confirmed = ana.nextEvent();
            assertThat(confirmed.getString("type")).isEqualTo("message.confirmed");
            assertThat(confirmed.getString("id")).isEqualTo(posted.getString("id"));
            assertThat(confirmed.getInt("seq")).isEqualTo(posted.getInt("seq"));
            ana.says("different", "same-" + room);
            assertThat(ana.nextEvent().getString("code")).isEqualTo("ref");
            bo.hears("once");
            bo.says("end");
            bo.hears("end");
        }
    }
}
