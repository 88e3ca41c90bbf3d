package chat.foyer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.web.JsonGuard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    @Test
    void the_plain_wire_has_one_frame() {
        assertThat(FrameDecoder.decode(Wire.PLAIN, "{\"message\":\"héllo \\ud83d\\ude00\"}"))
                .isEqualTo(new PlainFrame("héllo 😀"));
    }

    @Test
    void the_plain_wire_ignores_what_it_does_not_know() {
        assertThat(FrameDecoder.decode(Wire.PLAIN, "{\"type\":\"x\",\"message\":\"hi\",\"more\":[1,{\"message\":2}]}"))
                .isEqualTo(new PlainFrame("hi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "5",
                "null",
                "\"message\"",
                "[]",
                "[{\"message\":\"hi\"}]",
                "{}",
                "{\"message\":5}",
                "{\"message\":null}",
                "{\"message\":true}",
                "{\"message\":[\"hi\"]}",
                "{\"message\":{}}",
                "{\"Message\":\"hi\"}",
                "{\"message\":\"hi\"",
                "{\"message\":\"hi\"}{}",
                "{\"message\":\"hi\"} x",
                "{'message':'hi'}",
                "{\"message\":\"hi\",}",
                "{\"message\":\"a\",\"message\":\"b\"}",
                "{\"message\":\"a\\nb\nc\"}",
                "{\"a\":{\"b\":1,\"b\":2},\"message\":\"hi\"}"
            })
    void anything_else_is_malformed(String text) {
        assertThatThrownBy(() -> FrameDecoder.decode(Wire.PLAIN, text))
                .isInstanceOf(ChatException.class)
                .extracting("fault")
                .isEqualTo(Fault.MALFORMED);
    }

    @Test
    void depth_and_width_are_bounded() {
        String deepest = "[".repeat(15) + "]".repeat(15);
        FrameDecoder.decode(Wire.PLAIN, "{\"message\":\"hi\",\"x\":" + deepest + "}");
        assertThatThrownBy(() -> FrameDecoder.decode(Wire.PLAIN, "{\"message\":\"hi\",\"x\":[" + deepest + "]}"))
                .extracting("fault")
                .isEqualTo(Fault.TOO_COMPLEX);

        StringBuilder wide = new StringBuilder("{\"message\":\"hi\"");
        for (int i = 0; i < JsonGuard.MAX_MEMBERS - 1; i++) {
            wide.append(",\"m").append(i).append("\":0");
        }
        FrameDecoder.decode(Wire.PLAIN, wide + "}");
        assertThatThrownBy(() -> FrameDecoder.decode(Wire.PLAIN, wide + ",\"one-more\":0}"))
                .extracting("fault")
                .isEqualTo(Fault.TOO_COMPLEX);
    }

    @Test
    void a_bomb_of_brackets_is_refused_without_a_deep_stack() {
        assertThatThrownBy(() -> FrameDecoder.decode(Wire.RICH, "{\"x\":" + "[".repeat(60_000)))
                .isInstanceOf(ChatException.class);
    }

    @Test
    void the_rich_wire_has_typed_frames() {
        assertThat(FrameDecoder.decode(Wire.RICH, "{\"type\":\"message.post\",\"ref\":\"r1\",\"body\":\"hi\"}"))
                .isEqualTo(new ClientFrame.PostMessage("r1", "hi", List.of()));
        assertThat(FrameDecoder.decode(Wire.RICH, "{\"body\":\"hi\",\"ref\":\"r1\",\"type\":\"message.post\"}"))
                .as("members come in any order")
                .isEqualTo(new ClientFrame.PostMessage("r1", "hi", List.of()));
    }

    @Test
    void a_message_may_carry_files() {
        assertThat(FrameDecoder.decode(
                        Wire.RICH, "{\"type\":\"message.post\",\"ref\":\"r1\",\"body\":\"\",\"files\":[\"a\",\"b\"]}"))
                .isEqualTo(new ClientFrame.PostMessage("r1", "", List.of("a", "b")));
    }

    @Test
    void a_place_may_lead_back() {
        assertThat(FrameDecoder.decode(Wire.RICH, "{\"type\":\"room.seen\",\"seq\":4}"))
                .isEqualTo(new ClientFrame.SeeRoom(Optional.empty(), 4L, false));
        assertThat(FrameDecoder.decode(Wire.RICH, "{\"type\":\"room.seen\",\"seq\":4,\"back\":true}"))
                .isEqualTo(new ClientFrame.SeeRoom(Optional.empty(), 4L, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"room.seen\",\"seq\":4,\"back\":\"true\"}",
                "{\"type\":\"message.post\",\"ref\":\"r\",\"body\":\"b\",\"files\":\"a\"}",
                "{\"type\":\"message.post\",\"ref\":\"r\",\"body\":\"b\",\"files\":[{}]}",
                "{\"message\":\"hi\"}",
                "{\"type\":5}",
                "{\"type\":\"message.unheard-of\"}",
                "{\"type\":\"welcome\"}",
                "{\"type\":\"message.post\"}",
                "{\"type\":\"message.post\",\"ref\":\"r\"}",
                "{\"type\":\"message.post\",\"body\":\"b\"}",
                "{\"type\":\"message.post\",\"ref\":7,\"body\":\"b\"}",
                "{\"type\":\"message.post\",\"ref\":\"r\",\"body\":{}}",
                "{\"type\":\"PlainFrame\",\"message\":\"hi\"}"
            })
    void an_unknown_or_incomplete_frame_is_malformed(String text) {
        assertThatThrownBy(() -> FrameDecoder.decode(Wire.RICH, text))
                .isInstanceOf(ChatException.class)
                .extracting("fault")
                .isEqualTo(Fault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after", "around", "limit"})
    void a_number_must_be_a_number(String member) {
        assertThatThrownBy(
                        () -> FrameDecoder.decode(Wire.RICH, "{\"type\":\"backlog.fetch\",\"" + member + "\":\"7\"}"))
                .isInstanceOf(ChatException.class)
                .hasMessage("\"" + member + "\" must be a whole number.");
    }
}
