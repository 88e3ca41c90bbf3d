package chat.foyer.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Styles know the beginning and the end of a line, not left and right, so that a page can run either way. */
class StylesTest {
    private static final Pattern SIDE =
            Pattern.compile("(?<![\\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?"
                    + "(?:left|right)(?:-[a-z]+)?\\s*:|border-(?:top|bottom)-(?:left|right)-radius"
                    + "|(?:text-align|float|clear|justify-\\w+)\\s*:\\s*(?:left|right)");

    /** Four values go around clockwise: the second is what is on the right, the fourth what is on the left. */
    private static final Pattern FOUR_SIDES =
            Pattern.compile("(?<![\\w-])(?:margin|padding|inset|scroll-margin|scroll-padding)\\s*:([^;}]+)");

    private static final Pattern VALUE = Pattern.compile("(?:[^\\s()]|\\([^()]*(?:\\([^()]*\\)[^()]*)*\\))+");

    static Stream<Path> styles() throws IOException {
        return Files.walk(Path.of("src/main/webapp/assets/css")).filter(Files::isRegularFile);
    }

    @ParameterizedTest
    @MethodSource("styles")
    void no_style_knows_left_from_right(Path style) throws IOException {
        assertThat(sides(Files.readString(style))).isEmpty();
    }

    private static List<String> sides(String css) {
        Stream<String> named = SIDE.matcher(css).results().map(found -> found.group());
        Stream<String> four = FOUR_SIDES
                .matcher(css)
                .results()
                .filter(found -> {
                    List<String> values = VALUE.matcher(found.group(1))
                            .results()
                            .map(value -> value.group())
                            .toList();
                    return values.size() == 4 && !values.get(1).equals(values.get(3));
                })
                .map(found -> found.group());
        return Stream.concat(named, four).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a { margin-left: 1px; }",
                "a{left:0}",
                "a { border-right-width: 1px; }",
                "a { border-top-left-radius: 1px; }",
                "a { text-align: right; }",
                "a { float: left; }",
                "a { padding: 0 var(--x) 0 calc((1px + 2px) * 2); }"
            })
    void a_side_would_be_found(String css) {
        assertThat(sides(css)).isNotEmpty();
    }
}
