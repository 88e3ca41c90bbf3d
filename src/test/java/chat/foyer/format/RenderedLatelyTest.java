package chat.foyer.format;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.format.Formatting.Source;
import chat.foyer.message.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenderedLatelyTest {
    private final RenderedLately lately = new RenderedLately();
    private final List<String> rendered = new ArrayList<>();

    private Optional<String> ask(String body, Mention... mentions) {
        return lately.get(new Source(body, Set.of(mentions)), source -> {
            rendered.add(source.body());
            return source.body().isEmpty() ? Optional.empty() : Optional.of("<p>" + source.body());
        });
    }

    @Test
    void the_same_is_rendered_once_also_when_there_was_nothing_to_render() {
        assertThat(ask("a")).contains("<p>a");
        assertThat(ask("a")).contains("<p>a");
        assertThat(ask("")).isEmpty();
        assertThat(ask("")).isEmpty();
        assertThat(rendered).containsExactly("a", "");
    }

    @Test
    void whom_it_mentions_makes_a_text_another_one() {
        ask("@ana");
        ask("@ana", new Mention("u-ana", "ana"));
        assertThat(rendered).hasSize(2);
    }

    @Test
    void it_keeps_no_more_than_it_may_and_what_was_asked_for_last() {
        String half = "x".repeat(RenderedLately.MOST_CHARS / 5);
        ask("1" + half);
        ask("2" + half);
        ask("1" + half);
        ask("3" + half); // each counts with its HTML, so one must go
        ask("1" + half);
        ask("3" + half);
        assertThat(rendered).hasSize(3);
        ask("2" + half);
        assertThat(rendered).hasSize(4);
        ask("4" + "x".repeat(RenderedLately.MOST_CHARS));
        ask("1" + half);
        assertThat(rendered).hasSize(6);
    }
}
