package chat.foyer.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No script says anything to people but by the sentences below {@code js/words}; these are compared by LanguageBrowserIT. */
class ScriptsTest {
    private static final Path SCRIPTS = Path.of("src/main/webapp/assets/js");

    private static final Pattern COMMENT = Pattern.compile("(?<![:'\"`])//.*|/\\*(?s:.*?)\\*/");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^{}]*}");

    /** A text in quotes of one of the three kinds. */
    private static final String TEXT = Stream.of("'", "\"", "`")
            .map(quote -> quote
                    + "([^Q\\\\]*+(?:\\\\.[^Q\\\\]*+)*+)".replace("Q", quote.equals("`") ? quote : quote + "\n")
                    + quote)
            .collect(Collectors.joining("|", "(?:", ")"));

    /** Where a text goes that is read, seen or heard. */
    private static final Pattern SHOWN =
            Pattern.compile("(?:(?:textContent|innerText|ariaLabel|placeholder|alt|title|label)\\s*(?:=|:|\\+=)"
                    + "|setAttribute\\('(?:aria-label|title|placeholder|alt)',|\\b(?:append|confirm|alert|say|announce|complain)\\()\\s*"
                    + TEXT);

    /** A text of at least three words, or of one with the end of a sentence. */
    private static final Pattern SENTENCE =
            Pattern.compile("\\p{L}+ \\p{L}+ \\p{L}{2,}|^\\p{Lu}[\\p{L} ]+(?:\\.|…|!|\\?)$");

    static Stream<Path> scripts() throws IOException {
        return Files.list(SCRIPTS)
                .filter(file -> file.toString().endsWith(".js"))
                .filter(file -> !file.endsWith("plain.js")); // the page of the tutorial is English in every language
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void no_script_has_words_of_its_own(Path script) throws IOException {
        assertThat(ownWords(Files.readString(script))).isEmpty();
    }

    private static List<String> ownWords(String script) {
        String code = EXPRESSION.matcher(COMMENT.matcher(script).replaceAll("")).replaceAll("");
        Stream<String> shown =
                texts(SHOWN, code).filter(text -> text.codePoints().anyMatch(Character::isLetter));
        Stream<String> sentences = texts(Pattern.compile(TEXT), code)
                .filter(text -> SENTENCE.matcher(text).find());
        return Stream.concat(shown, sentences).distinct().toList();
    }

    private static Stream<String> texts(Pattern where, String code) {
        return where.matcher(code)
                .results()
                .flatMap(found -> Stream.of(found.group(1), found.group(2), found.group(3)))
                .filter(Objects::nonNull);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy.textContent = 'Copied';",
                "button.setAttribute('aria-label', \"Close\");",
                "Object.assign(button, { type: 'button', title: `Remove ${name}` });",
                "line.append('New', ' ');",
                "throw new Problem('That did not work.');",
                "const offline = 'You are offline';"
            })
    void words_in_a_script_would_be_found(String code) {
        assertThat(ownWords(code)).isNotEmpty();
    }

    @Test
    void scripts_speak_the_languages_that_the_server_speaks() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS.resolve("words"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.contains("-")))
                    .containsExactlyInAnyOrderElementsOf(Words.LANGUAGES.stream()
                            .map(language -> language + ".js")
                            .toList());
        }
    }

    /** Otherwise a page would change its words when its scripts begin. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "ru"})
    void scripts_say_of_a_room_what_the_server_says(String language) throws IOException {
        String said = Files.readString(SCRIPTS.resolve("words/" + language + ".js"));
        Words words = Words.in(language).orElseThrow();
        assertThat(words.texts().keySet())
                .filteredOn(key -> key.startsWith("note."))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(said)
                        .contains("'"
                                + words.text(key)
                                        .replace("{0}", "{author}")
                                        .replace("{1}", "{subject}")
                                        .replace("{2}", "{text}")
                                + "'"));
    }
}
