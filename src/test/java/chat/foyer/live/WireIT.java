package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Deployed;
import chat.foyer.testing.RawSocket;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said on the two wires of the deployed WAR, and how bad input is answered. */
class WireIT extends Deployed {

    private static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    @Test
    void what_one_says_all_hear_and_the_speaker_too() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.plain(node(), room);
                ChatClient bo = ChatClient.plain(node(), room)) {
            ana.says("hello");
            ana.hears("hello");
            bo.hears("hello");
            bo.says("hello yourself");
            ana.hears("hello yourself");
        }
    }

    @Test
    void the_plain_wire_carries_exactly_the_frame_of_the_tutorial() {
        try (ChatClient ana = ChatClient.plain(node(), newRoom())) {
            ana.sends("{\"message\": \"hi\"}");
            assertThat(ana.next()).isEqualTo("{\"message\":\"hi\"}");
            ana.sends("{\"message\":\"again\",\"type\":\"ignored\"}");
            assertThat(ana.next()).isEqualTo("{\"message\":\"again\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n",
                "e\u0301 is not \u00E9",
                "👩‍👩‍👧",
                "\u202Eabc",
                "<script>alert(1)</script>",
                "\\u0041"
            })
    void text_comes_back_unchanged_on_the_plain_wire(String text) {
        try (ChatClient ana = ChatClient.plain(node(), newRoom())) {
            ana.says(text);
            ana.hears(text);
        }
    }

    @Test
    void other_rooms_hear_nothing() {
        String room = newRoom();
        try (ChatClient here = ChatClient.plain(node(), room);
                ChatClient elsewhere = ChatClient.plain(node(), room + "2")) {
            here.says("secret");
            here.hears("secret");
            elsewhere.says("only this");
            elsewhere.hears("only this");
        }
    }

    @Test
    void with_and_without_trailing_slash_is_one_room() {
        String room = newRoom();
        try (ChatClient with = ChatClient.at(node(), "ws/chat/" + room + "/");
                ChatClient without = ChatClient.at(node(), "ws/chat/" + room);
                ChatClient withQuery = ChatClient.at(node(), "ws/chat/" + room + "?roomName=other")) {
            without.says("hi");
            with.hears("hi");
            without.hears("hi");
            withQuery.hears("hi");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!--<script>",
                "\"quotes\" & 'more'",
                "кухня",
                "😀",
                "a b",
                "100%",
                "a;b=c",
                "a?b#c",
                "a+b",
                "[x]{y}|^`"
            })
    void any_unicode_name_is_a_room(String prefix) {
        String room = prefix + newRoom();
        try (ChatClient ana = ChatClient.rich(node(), room);
                ChatClient bo = ChatClient.plain(node(), room)) {
            assertThat(ana.nextEvent().getString("room")).isEqualTo(room);
            bo.says("hi");
            ana.hears("hi");
        }
    }

    @Test
    void composed_and_decomposed_names_are_one_room() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.plain(node(), "café" + room);
                ChatClient bo = ChatClient.plain(node(), "cafe\u0301" + room)) {
            ana.says("hi");
            bo.hears("hi");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb, cannot contain a slash",
        "%E2%80%AEx, invisible formatting",
        "%20, cannot be empty",
        "'', cannot be empty",
    })
    void a_bad_room_name_closes_with_4504_and_says_why(String segment, String reason) {
        try (ChatClient ana = ChatClient.at(node(), "ws/chat/" + segment)) {
            ChatClient.Goodbye goodbye = ana.isSentAway();
            assertThat(goodbye.code()).isEqualTo(4504);
            assertThat(goodbye.reason()).contains(reason);
        }
    }

    @Test
    void a_name_of_101_characters_closes_with_4504() {
        try (ChatClient ana = ChatClient.plain(node(), "x".repeat(101))) {
            assertThat(ana.isSentAway().reason()).contains("at most 100");
        }
    }

    @Test
    void the_rich_wire_greets_first_and_acknowledges_by_ref() {
        String room = newRoom();
        try (ChatClient ana = ChatClient.rich(node(), room);
                ChatClient bo = ChatClient.rich(node(), room)) {
            JsonObject welcome = ana.nextEvent();
            assertThat(welcome.getString("type")).isEqualTo("welcome");
            assertThat(welcome.getString("room")).isEqualTo(room);
            JsonObject you = welcome.getJsonObject("you");
            assertThat(you.getString("name")).isNotBlank();
            assertThat(you.getBoolean("guest")).isTrue();
            assertThat(welcome.getJsonObject("limits").getInt("message")).isEqualTo(4000);
            JsonObject other = bo.nextEvent().getJsonObject("you");
            assertThat(other.getString("id"))
                    .as("a program is a guest of its own")
                    .isNotEqualTo(you.getString("id"));

            Instant before = Instant.now().minusSeconds(1);
            String ref = ana.says("hi");
            JsonObject echo = ana.nextEvent();
            assertThat(echo.getString("type")).isEqualTo("message.posted");
            assertThat(echo.getString("ref")).isEqualTo(ref);
            assertThat(echo.getString("body")).isEqualTo("hi");
            assertThat(echo.getJsonObject("author")).isEqualTo(you);
            assertThat(Instant.parse(echo.getString("at")))
                    .isAfter(before)
                    .isBefore(Instant.now().plusSeconds(1));
            assertThat(bo.nextEvent()).as("everybody gets the same event").isEqualTo(echo);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json           | x                                            | 1007",
                "an array          | []                                           | 1007",
                "missing message   | {}                                           | 1007",
                "a number          | {\"message\": 5}                             | 1007",
                "null              | {\"message\": null}                          | 1007",
                "twice             | {\"message\":\"a\",\"message\":\"b\"}        | 1007",
                "truncated         | {\"message\": \"a\"                          | 1007",
                "a control         | {\"message\": \"\\u0007\"}                   | 1007",
                "half a surrogate  | {\"message\": \"\\ud800\"}                   | 1007",
                "too deep          | {\"message\":\"a\",\"x\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]} | 1008",
            })
    void bad_input_on_the_plain_wire_ends_that_socket_alone(String name, String text, int code) {
        String room = newRoom();
        try (ChatClient bad = ChatClient.plain(node(), room);
                ChatClient ana = ChatClient.plain(node(), room);
                ChatClient bo = ChatClient.rich(node(), room)) {
            bo.nextEvent();
            bad.sends(text);
            ChatClient.Goodbye goodbye = bad.isSentAway();
            assertThat(goodbye.code()).isEqualTo(code);
            assertThat(goodbye.reason()).isNotBlank();
            ana.says("still here");
            ana.hears("still here");
            bo.hears("still here");
        }
    }

    @Test
    void binary_closes_with_1003_and_too_much_with_1009() {
        try (ChatClient binary = ChatClient.plain(node(), newRoom());
                ChatClient large = ChatClient.plain(node(), newRoom());
                ChatClient parts = ChatClient.plain(node(), newRoom());
                ChatClient text = ChatClient.plain(node(), newRoom())) {
            binary.sendsBinary(new byte[] {1, 2, 3});
            assertThat(binary.isSentAway().code()).isEqualTo(1003);
            large.says("x".repeat(65_536));
            assertThat(large.isSentAway().code()).isEqualTo(1009);
            for (int i = 0; i < 7; i++) {
                parts.sendsPart("x".repeat(10_000), i == 6);
            }
            assertThat(parts.isSentAway().code()).isEqualTo(1009);
            text.says("x".repeat(4_001));
            assertThat(text.isSentAway().code()).isEqualTo(1009);
        }
    }

    @Test
    void a_message_may_come_in_parts_and_fill_its_limits() {
        try (ChatClient ana = ChatClient.plain(node(), newRoom())) {
            ana.sendsPart("{\"mess", false);
            ana.sendsPart("age\": \"in ", false);
            ana.sendsPart("parts\"}", true);
            ana.hears("in parts");
            String longest = "😀".repeat(4_000);
            ana.says(longest);
            ana.hears(longest);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x                                                    | malformed",
                "[]                                                   | malformed",
                "{\"message\":\"hi\"}                                 | malformed",
                "{\"type\":\"nothing.known\"}                         | malformed",
                "{\"type\":\"message.post\",\"body\":\"no ref\"}      | malformed",
                "{\"type\":\"message.post\",\"ref\":\"r\",\"body\":\"  \"}     | empty",
                "{\"type\":\"message.post\",\"ref\":\"r\",\"body\":\"\\u0000\"} | text_refused",
                "{\"type\":\"message.post\",\"ref\":\"r\",\"body\":\"a\",\"x\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]} | too_complex",
            })
    void bad_input_on_the_rich_wire_is_answered(String text, String code) {
        try (ChatClient ana = ChatClient.rich(node(), newRoom())) {
            assertThat(ana.nextEvent().getString("type")).isEqualTo("welcome");
            ana.sends(text);
            JsonObject failed = ana.nextEvent();
            assertThat(failed.getString("type")).isEqualTo("failed");
            assertThat(failed.getString("code")).isEqualTo(code);
            assertThat(failed.getString("detail")).isNotBlank();
            ana.says("goes on");
            ana.hears("goes on");
        }
    }

    @Test
    void binary_long_and_large_frames_on_the_rich_wire_are_answered_too() {
        try (ChatClient ana = ChatClient.rich(node(), newRoom())) {
            ana.nextEvent();
            ana.sendsBinary(new byte[] {1});
            assertThat(ana.nextEvent().getString("code")).isEqualTo("binary");
            String ref = ana.says("x".repeat(4_001));
            JsonObject tooLong = ana.nextEvent();
            assertThat(tooLong.getString("code")).isEqualTo("too_long");
            assertThat(tooLong.getString("ref")).isEqualTo(ref);
            ana.says("x".repeat(70_000));
            assertThat(ana.nextEvent().getString("code")).isEqualTo("too_large");
            ana.says("goes on");
            ana.hears("goes on");
        }
    }

    @Test
    void the_rich_wire_is_told_how_long_to_wait_when_it_is_too_fast() {
        try (ChatClient ana = ChatClient.rich(node(), newRoom())) {
            ana.nextEvent();
            for (int i = 0; i < 1_500; i++) {
                ana.says("x");
            }
            JsonObject failed = firstFailure(ana);
            assertThat(failed.getString("code")).isEqualTo("rate");
            assertThat(failed.getInt("retryAfter")).isBetween(1, 1_000);
            assertThat(failed.getString("ref")).isNotBlank();
        }
    }

    private static JsonObject firstFailure(ChatClient client) {
        while (true) {
            for (JsonObject event : client.nextEvents()) {
                if (event.getString("type").equals("failed")) {
                    return event;
                }
            }
        }
    }

    @Test
    void the_plain_wire_is_slowed_and_loses_nothing() {
        try (ChatClient ana = ChatClient.plain(node(), newRoom())) {
            List<String> said =
                    IntStream.range(0, 1_300).mapToObj(i -> "line " + i).toList();
            said.forEach(ana::says);
            assertThat(ana.hears(said.size())).isEqualTo(said);
        }
    }

    @Test
    void a_reader_that_stalls_holds_up_nobody_and_misses_nothing_when_it_reads_again() {
        String room = newRoom();
        try (RawSocket stalled = RawSocket.open(node(), room);
                ChatClient ana = ChatClient.rich(node(), room)) {
            ana.nextEvent();
            for (String text : List.of("one", "two")) { // so it has answered a ping, or it had ten seconds only
                ana.says(text);
                ana.hears(text);
                assertThat(stalled.readTexts(1)).containsExactly("{\"message\":\"" + text + "\"}");
            }
            List<String> said = new ArrayList<>();
            for (int i = 0; i < 900; i++) {
                String text = i + "日".repeat(3_900);
                said.add("{\"message\":\"" + text + "\"}");
                ana.says(text);
                ana.hears(text);
            }
            assertThat(stalled.readTexts(said.size())).isEqualTo(said);
            ana.says("live again");
            assertThat(stalled.readTexts(1)).containsExactly("{\"message\":\"live again\"}");
        }
    }

    @Test
    void clients_that_vanish_in_the_handshake_leave_nothing_behind() {
        for (int i = 0; i < 60; i++) {
            RawSocket gone = RawSocket.ask(node(), "ws/chat/" + newRoom() + "/");
            if (i % 2 == 0) {
                gone.reset();
            } else {
                gone.close();
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> node().reports("connections") == 0);
    }

    @Test
    void a_message_without_end_closes_and_its_tail_is_never_read() {
        for (boolean rich : new boolean[] {true, false}) {
            String room = newRoom();
            try (ChatClient endless = rich ? ChatClient.rich(node(), room) : ChatClient.plain(node(), room);
                    ChatClient witness = ChatClient.plain(node(), room)) {
                for (int i = 0; i < 20 && endless.isConnected(); i++) {
                    endless.sendsPart("x".repeat(60_000), false);
                }
                endless.sendsPart("{\"type\":\"message.post\",\"ref\":\"r\",\"body\":\"smuggled\"}", true);
                assertThat(endless.isSentAway().code()).isEqualTo(1009);
                witness.says("end");
                witness.hears("end");
            } catch (java.util.concurrent.CompletionException closedWhileSending) {
                // the server was quicker; what matters is that the witness heard nothing, and it is asked next time
            }
        }
    }

    @Test
    void invalid_utf8_closes_with_1007_and_others_notice_nothing() {
        String room = newRoom();
        try (RawSocket bad = RawSocket.open(node(), room);
                ChatClient ana = ChatClient.plain(node(), room)) {
            bad.sendText(new byte[] {(byte) 0xC3, 0x28});
            assertThat(bad.closeCode()).isEqualTo(1007);
            ana.says("fine");
            ana.hears("fine");
        }
    }

    @Test
    void a_thousand_sockets_leave_nothing_behind() {
        await().atMost(Duration.ofSeconds(30)).until(() -> node().reports("rooms") == 0);
        int idleSubscriptions = node().reports("busSubscriptions");
        List<ChatClient> crowd = new ArrayList<>();
        String room = newRoom();
        for (int i = 0; i < 1_000; i++) {
            crowd.add(ChatClient.plain(node(), i % 2 == 0 ? room : room + "-" + i % 100));
        }
        assertThat(node().reports("connections")).isEqualTo(1_000);
        crowd.get(0).says("hello all");
        for (int i = 0; i < crowd.size(); i += 2) {
            crowd.get(i).hears("hello all");
        }
        crowd.parallelStream().forEach(ChatClient::close);
        await().atMost(Duration.ofSeconds(30)).until(() -> node().reports("connections") == 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> node().reports("rooms") == 0);
        assertThat(node().reports("busSubscriptions")).isEqualTo(idleSubscriptions);
    }

    @Test
    void the_51st_socket_of_one_user_is_sent_away() {
        String cookie = "foyer_guest=" + "A".repeat(43);
        List<ChatClient> tabs = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                tabs.add(ChatClient.plain(node(), newRoom(), "Cookie", cookie, "Origin", node().origin()));
            }
            try (ChatClient extra = ChatClient.plain(node(), newRoom(), "Cookie", cookie, "Origin", node().origin())) {
                assertThat(extra.isSentAway().code()).isEqualTo(1013);
            }
            assertThat(tabs).allMatch(ChatClient::isConnected);
            tabs.remove(0).close();
            await().ignoreExceptions()
                    .until(
                            () -> { // one that is refused once more says and hears nothing
                                ChatClient next = ChatClient.plain(
                                        node(), newRoom(), "Cookie", cookie, "Origin", node().origin());
                                tabs.add(next);
                                next.says("room for one again");
                                return next.isConnected() && next.hears(1).size() == 1;
                            });
        } finally {
            tabs.forEach(ChatClient::close);
        }
    }

    @Test
    void the_state_of_a_connection_is_its_own() {
        String room = newRoom();
        String cookie = "foyer_guest=" + "B".repeat(43);
        try (ChatClient tab = ChatClient.plain(node(), room, "Cookie", cookie, "Origin", node().origin());
                ChatClient otherTab = ChatClient.plain(node(), room, "Cookie", cookie, "Origin", node().origin())) {
            tab.sendsPart("{\"message\": \"half", false);
            otherTab.says("whole");
            tab.hears("whole");
            otherTab.hears("whole");
            tab.sendsPart(" and half\"}", true);
            tab.hears("half and half");
            otherTab.hears("half and half");
        }
    }
}
