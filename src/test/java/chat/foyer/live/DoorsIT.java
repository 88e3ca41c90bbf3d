package chat.foyer.live;

import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.SharedServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms with doors, by REST and on sockets: who gets in, who is sent away with what, and what nobody finds out. */
class DoorsIT extends SharedServer {
    private static final String NOBODY = "@" + "x".repeat(22); // called like a conversation of two that is none

    private final String room = "doors-" + UUID.randomUUID();
    private People people;
    private Rooms rooms;
    private Someone ana;
    private Someone bo;

    @BeforeEach
    void begin() {
        people = People.of(node());
        rooms = new Rooms(node());
        ana = people.member("Ana");
        bo = people.member("Bo");
    }

    private HttpResponse<String> as(Someone who, String method, String path, String body) {
        return rooms.answer(who, method, path, body);
    }

    private ChatClient rich(Someone who, String name) {
        return ChatClient.rich(node(), name, who.at(node()));
    }

    private ChatClient listening(Someone who, String name) {
        ChatClient client = rich(who, name);
        assertThat(client.nextEvents().get(0).getString("type")).isEqualTo("welcome");
        return client;
    }

    private int refusal(Someone who, String name) {
        try (ChatClient client = rich(who, name)) {
            return client.isSentAway().code();
        }
    }

    private static JsonObject hearsNote(ChatClient client, String note) {
        while (true) {
            for (JsonObject event : client.nextEvents()) {
                if (event.getString("type").equals("room.noted")
                        && event.getString("note").equals(note)) {
                    return event;
                }
            }
        }
    }

    private static void isCut(ChatClient client, int code) {
        assertThat(client.isSentAway().code()).isEqualTo(code);
    }

    /** What an answer says but for the address that was asked for. */
    private static String said(HttpResponse<String> answer, String name) {
        return answer.statusCode() + " " + answer.body().replace(name, "…");
    }

    @Test
    void who_is_invited_comes_in_and_hears_what_is_said() {
        rooms.close(ana, room);
        assertThat(refusal(bo, room)).isEqualTo(4504);
        rooms.invite(ana, room, bo);
        try (ChatClient anaTalks = listening(ana, room);
                ChatClient boTalks = listening(bo, room)) {
            anaTalks.says("hello");
            boTalks.hears("hello");
            boTalks.says("hello yourself");
            anaTalks.hears("hello", "hello yourself");
        }
        JsonObject seen = json(as(bo, "GET", "rooms/" + room, ""));
        assertThat(seen.getString("kind")).isEqualTo("closed");
        assertThat(seen.getString("role")).isEqualTo("member");
        assertThat(as(bo, "GET", "rooms/" + room + "/members", "").body()).contains(ana.id(), bo.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | | ''",
                "GET | /members | ''",
                "PATCH | | {\"topic\": \"mine\"}",
                "PATCH | | {\"kind\": \"open\"}",
                "PATCH | | {\"archived\": true}",
                "PATCH | | {\"topic\": \"two\\nlines\"}",
                "PUT | /members/u-nobody | {}",
                "DELETE | /members/u-nobody | ''",
            })
    void what_is_hidden_is_answered_like_what_is_missing(String method, String below, String body) {
        rooms.close(ana, room);
        String path = below == null ? "" : below;
        String missing = "doors-" + UUID.randomUUID();
        assertThat(said(as(bo, method, "rooms/" + room + path, body), room))
                .isEqualTo(said(as(bo, method, "rooms/" + missing + path, body), missing));
    }

    @Test
    void what_is_hidden_is_answered_like_what_nobody_may_begin() {
        rooms.close(ana, room);
        String ofTwo = rooms.direct(ana, people.administrator());
        for (String path : List.of("/messages", "/presence")) {
            String missing = said(as(bo, "GET", "rooms/" + NOBODY + path, ""), NOBODY);
            assertThat(missing).startsWith("404 ");
            assertThat(said(as(bo, "GET", "rooms/" + room + path, ""), room)).isEqualTo(missing);
            assertThat(said(as(bo, "GET", "rooms/" + ofTwo + path, ""), ofTwo)).isEqualTo(missing);
        }
        for (String name : List.of(room, ofTwo, NOBODY)) {
            assertThat(refusal(bo, name)).isEqualTo(4504);
            try (ChatClient guest = ChatClient.plain(node(), name)) {
                assertThat(guest.isSentAway())
                        .isEqualTo(new ChatClient.Goodbye(4504, "There is no room of this name."));
            }
        }
        assertThat(as(bo, "GET", "rooms?query=" + room, "").body()).doesNotContain(room);
        assertThat(as(people.administrator(), "GET", "rooms/" + ofTwo, "").statusCode())
                .as("their own")
                .isEqualTo(200);
    }

    @Test
    void who_is_removed_hears_of_it_last_and_the_others_go_on() {
        rooms.close(ana, room, bo);
        try (ChatClient anaTalks = listening(ana, room);
                ChatClient boHears = listening(bo, room);
                ChatClient boPlain = ChatClient.plain(node(), room, bo.at(node()))) {
            boPlain.says("still here");
            boPlain.hears("still here");
            boHears.hears("still here");
            rooms.remove(ana, room, bo);
            anaTalks.says("between us");
            JsonObject note = hearsNote(boHears, "removed");
            assertThat(note.getJsonObject("subject").getString("id")).isEqualTo(bo.id());
            isCut(boHears, 4505);
            isCut(boPlain, 4505);
            anaTalks.hears("still here", "between us");
            assertThat(boHears.unread() + boPlain.unread()).isZero();
        }
        assertThat(refusal(bo, room)).isEqualTo(4504);
        assertThat(as(bo, "GET", "rooms/" + room + "/messages", "").statusCode())
                .isEqualTo(404);
        assertThat(as(bo, "GET", "rooms", "").body()).doesNotContain(room);
    }

    @Test
    void who_leaves_is_sent_away_on_every_socket() {
        rooms.close(ana, room, bo);
        try (ChatClient here = listening(bo, room);
                ChatClient there = listening(bo, room)) {
            rooms.remove(bo, room, bo);
            hearsNote(here, "left");
            isCut(here, 4505);
            isCut(there, 4505);
        }
    }

    @Test
    void a_removal_that_is_sent_again_is_answered_as_the_first_time() {
        rooms.close(ana, room, bo);
        String bosPlace = "api/v1/rooms/" + room + "/members/" + bo.id();
        for (int i = 0; i < 2; i++) {
            assertThat(node().send("DELETE", bosPlace, "", withKey(ana, "once-" + room))
                            .statusCode())
                    .isEqualTo(204);
        }
        assertThat(node().send("DELETE", bosPlace, "", withKey(ana, "again-" + room))
                        .statusCode())
                .as("another removal")
                .isEqualTo(404);
        rooms.invite(ana, room, bo);
        for (int i = 0; i < 2; i++) { // the second time Bo may not know of the room any more
            assertThat(node().send("DELETE", bosPlace, "", withKey(bo, "leave-" + room))
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void an_archived_room_sends_everybody_away_and_can_be_read() {
        rooms.close(ana, room, bo);
        try (ChatClient boTalks = listening(bo, room)) {
            boTalks.says("for the record");
            boTalks.hears("for the record");
            rooms.archive(ana, room);
            hearsNote(boTalks, "archived");
            isCut(boTalks, 4409);
        }
        assertThat(refusal(bo, room)).isEqualTo(4509);
        assertThat(as(bo, "GET", "rooms/" + room + "/messages", "").body()).contains("for the record");
        HttpResponse<String> late = node().post(
                        "api/v1/rooms/" + room + "/messages",
                        "{\"message\": \"too late\"}",
                        withKey(bo, "late-" + room));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).getString("code")).isEqualTo("archived");
    }

    private String[] withKey(Someone who, String key) {
        List<String> headers = new ArrayList<>(List.of(who.at(node())));
        headers.addAll(List.of("Idempotency-Key", key));
        return headers.toArray(String[]::new);
    }

    @Test
    void a_closed_room_that_nobody_belongs_to_any_more_is_archived_also_for_an_administrator_who_listens() {
        rooms.close(ana, room);
        Someone boss = people.administrator();
        try (ChatClient bossHears = listening(boss, room)) {
            rooms.remove(ana, room, ana);
            assertThat(hearsNote(bossHears, "left").getString("text")).isEqualTo("archived");
            isCut(bossHears, 4409);
        }
        assertThat(refusal(boss, room)).isEqualTo(4509);
    }

    @Test
    void an_administrator_who_looks_behind_doors_has_to_answer_for_it() {
        rooms.close(ana, room);
        rooms.make(ana, room + "-open", "open");
        Someone boss = people.administrator();
        String look = "\"actor\":\"" + boss.id() + "\",\"action\":\"room.look\",\"subject\":\"" + room;
        assertThat(as(boss, "GET", "rooms/" + room + "-open/messages", "").statusCode())
                .isEqualTo(200);
        listening(ana, room).close();
        assertThat(as(boss, "GET", "admin/audit", "").body()).doesNotContain(room);
        listening(boss, room).close();
        assertThat(as(boss, "GET", "admin/audit", "").body()).containsOnlyOnce(look);
        assertThat(as(boss, "GET", "rooms/" + room + "/messages", "").statusCode())
                .isEqualTo(200);
        assertThat(as(boss, "GET", "admin/audit", "").body().split(look, -1)).hasSize(3);
    }

    @Test
    void an_administrator_who_looks_by_a_former_name_has_looked_once() {
        rooms.close(ana, room);
        String renamed = room + "-renamed";
        rooms.change(ana, room, "name", renamed);
        Someone boss = people.administrator();
        listening(boss, room).close();
        assertThat(as(boss, "GET", "admin/audit", "").body())
                .containsOnlyOnce("\"actor\":\"" + boss.id() + "\",\"action\":\"room.look\",\"subject\":\"" + renamed);
    }

    @Test
    void who_is_in_a_room_is_told_by_its_former_name_too() {
        rooms.close(ana, room);
        String renamed = room + "-renamed";
        rooms.change(ana, room, "name", renamed);
        try (ChatClient anaHears = listening(ana, renamed)) {
            assertThat(json(as(ana, "GET", "rooms/" + room + "/presence", "")).getInt("count"))
                    .isEqualTo(1);
            assertThat(anaHears.isConnected()).isTrue();
        }
    }

    @Test
    void closing_a_room_has_everybody_ask_its_doors_again() {
        rooms.make(ana, room, "open");
        try (ChatClient anaHears = listening(ana, room);
                ChatClient boHears = listening(bo, room);
                ChatClient guest = ChatClient.plain(node(), room)) {
            rooms.change(ana, room, "kind", "closed");
            hearsNote(anaHears, "closed");
            isCut(anaHears, 4409);
            isCut(boHears, 4409);
            isCut(guest, 4409);
        }
        listening(ana, room).close();
        assertThat(refusal(bo, room)).isEqualTo(4504);
    }

    @Test
    void opening_a_room_cuts_nobody_and_lets_everybody_in() {
        rooms.close(ana, room);
        try (ChatClient anaHears = listening(ana, room)) {
            rooms.change(ana, room, "kind", "open");
            hearsNote(anaHears, "opened");
            try (ChatClient guest = ChatClient.plain(node(), room)) {
                guest.says("may I?");
                guest.hears("may I?");
                anaHears.hears("may I?");
            }
        }
    }

    @Test
    void a_renamed_room_has_everybody_come_again_and_its_former_name_leads_to_it() {
        rooms.close(ana, room, bo);
        String renamed = room + "-2";
        try (ChatClient boHears = listening(bo, room)) {
            assertThat(rooms.change(ana, room, "name", renamed).getString("name"))
                    .isEqualTo(renamed);
            assertThat(hearsNote(boHears, "renamed").getString("text")).isEqualTo(renamed);
            isCut(boHears, 4409);
        }
        try (ChatClient byFormerName = rich(bo, room);
                ChatClient byName = listening(ana, renamed)) {
            assertThat(byFormerName.nextEvent().getString("room")).isEqualTo(renamed);
            byName.says("moved");
            byFormerName.hears("moved");
        }
        assertThat(json(as(bo, "GET", "rooms/" + room, "")).getString("name")).isEqualTo(renamed);
        assertThat(refusal(people.member("Cleo"), room)).isEqualTo(4504);
    }

    @Test
    void the_same_two_always_have_the_same_room_and_nobody_else_has() {
        String name = rooms.direct(ana, bo);
        assertThat(rooms.direct(bo, ana)).isEqualTo(name);
        assertThat(rooms.direct(ana, people.member("Cleo"))).isNotEqualTo(name);
        try (ChatClient anaTalks = listening(ana, name);
                ChatClient boTalks = listening(bo, name)) {
            anaTalks.says("psst");
            boTalks.hears("psst");
        }
        assertThat(json(as(ana, "GET", "rooms/" + name, ""))
                        .getJsonObject("with")
                        .getString("id"))
                .isEqualTo(bo.id());
        Someone boss = people.administrator();
        assertThat(refusal(boss, name)).as("not even an administrator").isEqualTo(4504);
        assertThat(as(boss, "GET", "rooms/" + name + "/messages", "").statusCode())
                .isEqualTo(404);
        assertThat(as(ana, "PUT", "rooms/" + name + "/members/" + boss.id(), "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(ana, "DELETE", "rooms/" + name + "/members/" + bo.id(), "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(ana, "PATCH", "rooms/" + name, "{\"kind\": \"open\"}").statusCode())
                .isEqualTo(403);
        assertThat(as(ana, "POST", "direct", "{\"person\": \"" + ana.id() + "\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void no_open_room_takes_a_name_that_a_closed_one_has_or_had_however_it_is_written() {
        String name = room + " ﬁle"; // a ligature: NFKC makes two letters of it
        rooms.close(ana, name);
        String renamed = room + "-now";
        rooms.change(ana, name, "name", renamed);
        String other = room + "-other";
        rooms.make(bo, other, "open");
        for (String alias : List.of(name, room + " file", room + "\u00a0file", renamed, wide(renamed))) {
            assertThat(as(bo, "POST", "rooms", object("name", alias)).statusCode())
                    .as(alias)
                    .isEqualTo(409);
            assertThat(as(bo, "PATCH", "rooms/" + other, object("name", alias)).statusCode())
                    .as(alias)
                    .isEqualTo(409);
            assertThat(refusal(bo, alias)).as(alias).isEqualTo(4504);
            assertThat(node().post(
                                    "api/v1/rooms/" + ChatClient.encode(alias) + "/messages",
                                    object("message", "let me in"),
                                    withKey(bo, UUID.randomUUID().toString()))
                            .statusCode())
                    .as(alias)
                    .isEqualTo(404);
            listening(ana, alias).close();
        }
    }

    private static String object(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build().toString();
    }

    /** The same in full-width characters, which NFKC makes ordinary ones. */
    private static String wide(String name) {
        return name.codePoints()
                .map(c -> c > 0x20 && c < 0x7f ? c + 0xfee0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void no_room_is_called_like_a_conversation_of_two(boolean talked) {
        String taken = talked ? rooms.direct(ana, bo) : NOBODY;
        Someone cleo = people.member("Cleo");
        rooms.make(cleo, room, "open");
        for (String name : List.of(taken, wide(taken))) {
            HttpResponse<String> made = as(cleo, "POST", "rooms", object("name", name));
            assertThat(made.statusCode()).isIn(404, 409);
            assertThat(as(cleo, "PATCH", "rooms/" + room, object("name", name)).statusCode())
                    .isIn(404, 409);
            assertThat(refusal(cleo, name)).isEqualTo(4504);
        }
    }

    @Test
    void moderators_delete_what_others_said_and_change_nothing_of_it() {
        Someone cleo = people.member("Cleo");
        rooms.close(ana, room, bo, cleo);
        rooms.giveRole(ana, room, bo, "moderator");
        try (ChatClient anaTalks = listening(ana, room);
                ChatClient boTalks = listening(bo, room);
                ChatClient cleoTalks = listening(cleo, room)) {
            anaTalks.says("a slip");
            String message = posted(cleoTalks).getString("id");
            cleoTalks.asks("message.delete", "ref", "c-" + room, "message", message);
            assertThat(cleoTalks.nextEvent().getString("code")).isEqualTo("not_yours");
            assertThat(posted(boTalks).getString("id")).isEqualTo(message);
            boTalks.asks("message.edit", "ref", "b1-" + room, "message", message, "body", "what I make of it");
            assertThat(boTalks.nextEvent().getString("code")).isEqualTo("not_yours");
            boTalks.asks("message.delete", "ref", "b2-" + room, "message", message);
            JsonObject deleted = cleoTalks.nextEvent();
            assertThat(deleted.getString("type")).isEqualTo("message.deleted");
            assertThat(deleted.getString("id")).isEqualTo(message);
        }
        assertThat(as(ana, "GET", "rooms/" + room + "/messages", "").body()).doesNotContain("a slip");
    }

    private static JsonObject posted(ChatClient client) {
        JsonObject event = client.nextEvent();
        assertThat(event.getString("type")).isEqualTo("message.posted");
        return event;
    }

    @Test
    void a_closed_room_of_a_name_that_people_listen_to_sends_them_all_to_its_doors() {
        try (ChatClient boWaits = listening(bo, room);
                ChatClient guest = ChatClient.plain(node(), room);
                ChatClient anaWaits = listening(ana, room)) {
            rooms.close(ana, room, bo);
            try (ChatClient anaTalks = listening(ana, room)) {
                anaTalks.says("for members");
                anaTalks.hears("for members");
            }
            isCut(boWaits, 4409);
            isCut(guest, 4409);
            isCut(anaWaits, 4409);
            assertThat(guest.unread()).isZero();
        }
        listening(bo, room).close();
        try (ChatClient guest = ChatClient.plain(node(), room)) {
            isCut(guest, 4504);
        }
    }

    @Test
    void members_do_what_members_may_and_moderators_no_more_than_theirs() {
        Someone cleo = people.member("Cleo");
        rooms.close(ana, room, bo, cleo);
        String member = "rooms/" + room + "/members/";
        assertThat(as(bo, "DELETE", member + cleo.id(), "").statusCode()).isEqualTo(403);
        assertThat(as(bo, "PATCH", "rooms/" + room, "{\"topic\": \"mine\"}").statusCode())
                .isEqualTo(403);
        rooms.giveRole(ana, room, bo, "moderator");
        assertThat(as(bo, "PUT", member + bo.id(), "{\"role\": \"administrator\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(bo, "DELETE", member + ana.id(), "").statusCode()).isEqualTo(403);
        rooms.remove(bo, room, cleo);
        assertThat(as(ana, "DELETE", member + ana.id(), "").statusCode())
                .as("the last administrator")
                .isEqualTo(403);
    }
}
