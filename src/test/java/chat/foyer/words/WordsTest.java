package chat.foyer.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru | ru",
                "ru-RU,ru;q=0.9,en-US;q=0.8 | ru",
                "en-GB,ru;q=0.5 | en",
                "de-DE,de;q=0.9,ru;q=0.4,en;q=0.3 | ru",
                "ru;q=0.2,en;q=0.7 | en",
                "RU-ru | ru"
            })
    void the_first_language_there_are_words_for_is_preferred(String accepted, String language) {
        assertThat(Words.preferred(accepted).orElseThrow().getLanguage()).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", "de-DE,fr;q=0.9", "ru;q=0", "ru;q=much", ";;;,,,", "r\u00FCss", "-"})
    void nothing_is_preferred_where_no_such_language_is_named(String accepted) {
        assertThat(Words.preferred(accepted)).isEmpty();
    }

    @Test
    void a_preference_of_endless_length_is_not_read() {
        assertThat(Words.preferred("ru," + "x,".repeat(10_000))).isEmpty();
    }

    @Test
    void words_that_are_missing_are_a_mistake_of_ours() {
        assertThatThrownBy(() -> Words.ENGLISH.of("no.such.words")).hasMessageContaining("no.such.words");
    }
}
