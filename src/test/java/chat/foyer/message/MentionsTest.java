package chat.foyer.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {
    private static List<List<String>> readings(String text) {
        return Mentions.in(text).stream().map(Mentions.Candidate::readings).toList();
    }

    @Test
    void a_handle_after_an_at_is_a_mention_whatever_its_case_and_what_stands_around() {
        assertThat(readings("@ana, (@Bo) \"@eva-lu\"\n@x.y_z: 好@li"))
                .containsExactly(List.of("ana"), List.of("bo"), List.of("eva-lu"), List.of("x.y_z"));
    }

    @Test
    void a_dot_at_the_end_may_belong_to_the_handle_or_the_sentence() {
        assertThat(readings("thanks @ana.-")).containsExactly(List.of("ana.-", "ana.", "ana"));
    }

    @Test
    void a_mention_says_where_it_begins() {
        assertThat(Mentions.in("😀 @ana")).extracting(Mentions.Candidate::at).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail ana@example.org",
                "https://example.org/@ana",
                "@",
                "@ ana",
                "@a",
                "@-ana",
                "@@ana",
                "@anaé",
                "@abcdefghijklmnopqrstuvwxyzabcdefg"
            })
    void what_is_no_handle_or_inside_of_something_else_mentions_nobody(String text) {
        assertThat(Mentions.in(text)).isEmpty();
    }

    @Test
    void a_text_full_of_mentions_mentions_fifty() {
        assertThat(Mentions.in("@ana ".repeat(1_000))).hasSize(50);
    }
}
