package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.config.Limit;
import chat.foyer.fault.Fault;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
    private final FrameAssembler assembler = new FrameAssembler(Limit.parse("10"));

    @Test
    void parts_become_one_text() {
        assertThat(assembler.add("ab", false)).isEmpty();
        assertThat(assembler.add("", false)).isEmpty();
        assertThat(assembler.add("cd", true)).contains("abcd");
        assertThat(assembler.add("next", true)).contains("next");
    }

    @Test
    void bytes_are_counted_and_not_characters() {
        assertThat(assembler.add("éééé12", true)).as("10 bytes").isPresent();
        assertThat(assembler.add("😀😀12", true)).as("10 bytes").isPresent();
        assertThat(assembler.add("日本語1", true)).as("10 bytes").isPresent();
        assertThatThrownBy(() -> assembler.add("日本語12", true))
                .extracting("fault")
                .isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void a_message_over_the_limit_is_refused_at_its_end_and_the_next_one_is_read() {
        assertThat(assembler.add("123456", false)).isEmpty();
        assertThat(assembler.add("789012", false)).isEmpty();
        assertThatThrownBy(() -> assembler.add("3", true)).hasMessageContaining("at most 10 bytes");
        assertThat(assembler.add("next", true)).contains("next");
    }

    @Test
    void a_message_without_end_is_not_waited_out() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        assembler.add("0123456789", false);
                    }
                })
                .extracting("fault")
                .isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void without_a_limit_anything_is_read() {
        assertThat(new FrameAssembler(Limit.parse("off")).add("x".repeat(1_000_000), true))
                .isPresent();
    }
}
