package chat.foyer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.config.Limit;
import chat.foyer.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb\r\nc", "é", "e\u0301", "👩‍👩‍👧", "\u202Eabc", "\u00A0"})
    void text_is_taken_as_it_is(String body) {
        assertThat(new Draft("r", body).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0007", "\u001B[31m", "\u007F", "\u0085", "\uD800", "\uDC00", "\uDC00\uD800"})
    void controls_and_half_surrogates_are_refused(String body) {
        assertThatThrownBy(() -> new Draft("r", body)).extracting("fault").isEqualTo(Fault.TEXT_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "é", "a\n"})
    void a_ref_is_visible_ascii(String ref) {
        assertThatThrownBy(() -> new Draft(ref, "text")).extracting("fault").isEqualTo(Fault.MALFORMED);
    }

    @Test
    void a_ref_has_at_most_64_characters() {
        assertThat(new Draft("r".repeat(64), "text").ref()).hasSize(64);
        assertThatThrownBy(() -> new Draft("r".repeat(65), "text")).hasMessageContaining("64");
    }

    @Test
    void length_counts_code_points() {
        Limit limit = Limit.parse("4");
        new Draft("r", "😀😀😀😀").checkLength(limit);
        assertThatThrownBy(() -> new Draft("r", "12345").checkLength(limit))
                .hasMessageContaining("at most 4")
                .extracting("fault")
                .isEqualTo(Fault.TOO_LONG);
    }

    @Test
    void blank_text_is_nothing_to_say() {
        assertThatThrownBy(() -> new Draft("r", " \n\t").checkNotBlank())
                .extracting("fault")
                .isEqualTo(Fault.EMPTY);
    }
}
