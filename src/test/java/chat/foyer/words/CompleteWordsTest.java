package chat.foyer.words;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every language has all words that are said, and none that nobody says. */
class CompleteWordsTest {
    private static final Set<String> LANGUAGES = Set.copyOf(Words.LANGUAGES);
    private static final Pattern PLURAL = Pattern.compile("\\.(one|few|many|other)$");
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d}");

    /** A text of a source that can be a key, or the beginning of one. */
    private static final Pattern QUOTED = Pattern.compile("[\"']([a-z][a-z0-9.-]*)[\"']");

    private static final Pattern SAID = Pattern.compile(
            "(?:(?:[wW]ords(?:\\(\\))?|Languages\\.of\\(request\\)|Phrase)\\.(?:of|parts|count)\\(|\\btext\\[)(?:[\\w.]+ \\? )?[\"']([a-z][a-z0-9.-]*)[\"'](?: : [\"']([a-z0-9.-]+)[\"'])?(?! ?\\+)");

    private static final Pattern LOOKED_UP = Pattern.compile("\\btext\\['([a-z][a-z0-9.-]*)'\\]");

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void it_has_the_keys_of_english(String language) {
        assertThat(meanings(words(language))).isEqualTo(meanings(Words.ENGLISH));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void its_words_take_the_arguments_of_the_english_ones(String language) {
        Words words = words(language);
        assertThat(words.texts().keySet())
                .allSatisfy(key -> assertThat(arguments(words.text(key)))
                        .as(key)
                        .isEqualTo(arguments(Words.ENGLISH.text(
                                Words.ENGLISH.texts().containsKey(key)
                                        ? key
                                        : PLURAL.matcher(key).replaceFirst(".other")))));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void it_has_every_form_that_numbers_need(String language) {
        Words words = words(language);
        words.texts().keySet().stream()
                .filter(key -> PLURAL.matcher(key).find())
                .map(key -> PLURAL.matcher(key).replaceFirst(""))
                .forEach(key -> Stream.of(0, 1, 2, 5, 11, 21, 22, 25, 101, 111)
                        .forEach(number -> assertThat(words.count(key, number)).contains(number.toString())));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void apostrophes_are_written_twice_beside_arguments(String language) {
        Words words = words(language);
        assertThat(words.texts().keySet())
                .filteredOn(key -> !arguments(words.text(key)).isEmpty())
                .allSatisfy(key ->
                        assertThat(words.text(key).replace("''", "")).as(key).doesNotContain("'"));
    }

    @Test
    void everything_that_is_said_has_words() {
        Set<String> said = sources()
                .flatMap(source -> SAID.matcher(source).results())
                .flatMap(match -> Stream.of(match.group(1), match.group(2)))
                .filter(key -> key != null && !key.endsWith("."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(said).hasSizeGreaterThan(200);
        assertThat(meanings(Words.ENGLISH)).containsAll(said);
    }

    @Test
    void views_look_up_only_what_has_no_arguments() {
        Set<String> lookedUp = sources()
                .flatMap(source -> LOOKED_UP.matcher(source).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(lookedUp)
                .hasSizeGreaterThan(150)
                .allSatisfy(key ->
                        assertThat(arguments(Words.ENGLISH.text(key))).as(key).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_fault_has_words(Fault fault) {
        assertThat(Words.LANGUAGES)
                .allSatisfy(language ->
                        assertThat(fault.phrase().in(words(language))).isNotBlank());
    }

    @Test
    void no_words_are_said_by_nobody() {
        Set<String> quoted = sources()
                .flatMap(source -> QUOTED.matcher(source).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> beginnings =
                quoted.stream().filter(text -> text.endsWith(".")).collect(Collectors.toSet());
        assertThat(meanings(Words.ENGLISH))
                .filteredOn(key -> !quoted.contains(key))
                .allSatisfy(key -> assertThat(beginnings).as(key).anyMatch(key::startsWith));
    }

    private static Words words(String language) {
        return Words.in(language).orElseThrow();
    }

    /** The keys, one for all forms of a plural. */
    private static Set<String> meanings(Words words) {
        return words.texts().keySet().stream()
                .map(key -> PLURAL.matcher(key).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|xhtml)")).toList().stream()
                    .map(CompleteWordsTest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
