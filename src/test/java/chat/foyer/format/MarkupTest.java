package chat.foyer.format;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.format.Formatting.Source;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello there",
                "Is it green? Yes (since 10:41) - 3 + 4, see 2.5.",
                "~00042.00000017~ the quick brown fox",
                "in 2024. or 2)",
                "привет, как дела? 😀",
                "w.w.w awww",
            })
    void plain_sentences_have_none(String text) {
        assertThat(Markup.possibleIn(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a *b*",
                "- a",
                "x\n  + a",
                "1. a",
                "x\r12) a",
                "~~a~~",
                "WWW.a.example",
                "see http://a",
                "#a",
                "@a"
            })
    void what_may_be_markup_is_noticed(String text) {
        assertThat(Markup.possibleIn(text)).isTrue();
    }

    @Test
    void a_text_of_which_it_says_no_has_none() {
        String[] pieces = {
            "a", "b.", " ", "  ", "\n", "\n\n", "\t", "1", "23", ".", ")", "-", "+", "~", ":", "/", "w", "www", "http",
            "é", "😀", "=", "!", "(", "{", "\"", "'", "^", "$", "%", "\r\n",
        };
        Random random = new Random(6);
        int asked = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length >= 0; length--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            if (!Markup.possibleIn(text.toString())) {
                asked++;
                assertThat(Markdown.html(new Source(text.toString(), Set.of())))
                        .as("«%s»", text)
                        .isEmpty();
            }
        }
        assertThat(asked).isGreaterThan(50_000);
    }
}
