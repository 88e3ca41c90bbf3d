package chat.foyer.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {
    @ParameterizedTest
    @CsvSource({
        "0, MANY",
        "1, ONE",
        "2, FEW",
        "4, FEW",
        "5, MANY",
        "10, MANY",
        "11, MANY",
        "12, MANY",
        "14, MANY",
        "20, MANY",
        "21, ONE",
        "22, FEW",
        "25, MANY",
        "100, MANY",
        "101, ONE",
        "102, FEW",
        "111, MANY",
        "112, MANY",
        "1021, ONE"
    })
    void russian_has_one_for_21_and_not_for_11(long number, Plural form) {
        assertThat(Plural.of("ru", number)).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource({
        "0, OTHER",
        "1, ONE",
        "2, OTHER",
        "5, OTHER",
        "11, OTHER",
        "12, OTHER",
        "14, OTHER",
        "21, OTHER",
        "101, OTHER",
        "111, OTHER"
    })
    void english_has_one_for_one_only(long number, Plural form) {
        assertThat(Plural.of("en", number)).isEqualTo(form);
    }
}
