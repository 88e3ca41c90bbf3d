package chat.foyer.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.user.User;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
    private static final User ANA = new User("g-ana", "Ana", true);

    @Test
    void the_plain_wire_is_exactly_that_of_the_tutorial() {
        assertThat(FrameEncoder.encodeOnce(new PlainFrame("hi \"you\" <b> 😀\n")))
                .isEqualTo("{\"message\":\"hi \\\"you\\\" <b> 😀\\n\"}");
    }

    @Test
    void every_event_says_its_type_and_all_its_members() {
        Instant at = Instant.parse("2026-11-20T09:41:00.123Z");
        Batch batch = new Batch(List.of(
                new ServerFrame.Welcome("lobby", ANA, new ServerFrame.Limits(65536L, 4000L, null, null)),
                new ServerFrame.MessagePosted("m1", "r1", ANA, "hi", at),
                new ServerFrame.Failed("r2", "rate", "Wait.", 12L)));
        assertThat(FrameEncoder.encodeOnce(batch)).isEqualToIgnoringWhitespace("""
                        [{"type":"welcome","limits":{"frame":65536,"message":4000},"room":"lobby",
                          "you":{"guest":true,"id":"g-ana","name":"Ana"}},
                         {"type":"message.posted","at":"2026-11-20T09:41:00.123Z",
                          "author":{"guest":true,"id":"g-ana","name":"Ana"},"body":"hi","id":"m1","ref":"r1"},
                         {"type":"failed","code":"rate","detail":"Wait.","ref":"r2","retryAfter":12}]""");
    }

    @Test
    void every_kind_of_event_is_encoded_in_some_test() {
        // a new record must be added above, or this count is wrong
        assertThat(ServerFrame.class.getPermittedSubclasses())
                .filteredOn(type -> !type.equals(ServerFrame.Limits.class))
                .hasSize(3);
    }
}
