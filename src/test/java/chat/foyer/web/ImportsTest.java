package chat.foyer.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportsTest {
    private static final Path SCRIPTS = Path.of("src/main/webapp/assets/js");
    private static final int BUDGET = 80_000; // bytes of a page's scripts on the way, before what is loaded later

    private static final List<String> LONGEST_WORDS = List.of("words/ru.js", "words/ru-habits.js"); // of all languages

    /** Of a declaration or a call of {@code import}; what a name is put together for is found by tests in a browser. */
    private static final Pattern NAMED = Pattern.compile("(?:from|import)\\s*\\(?\\s*['\"](\\.{1,2}/[^'\"]+)['\"]");

    @Test
    void all_that_is_declared_is_found_once_and_nothing_that_is_loaded_later() {
        Map<String, String> scripts = Map.of(
                "room.js", """
                        // import './a-comment.js';
                        import { one } from './one.js';
                        import './two.js';
                        import {
                          three,
                          four as five,
                        } from "./three.js";
                        export { six } from './six.js';
                        const text = 'import "./a-text.js"';
                        const later = () => import('./later.js');
                        """,
                "one.js", "import { two } from './two.js';\nimport { room } from './room.js';",
                "two.js", "export const two = 2;\n",
                "three.js", "import * as far from './far.js';",
                "six.js", "",
                "far.js", "");
        assertThat(Imports.of("room.js", scripts::get))
                .containsExactly("room.js", "one.js", "two.js", "three.js", "six.js", "far.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"room.js", "lobby.js", "plain.js", "desk.js", "directory-page.js"})
    void the_scripts_that_a_page_needs_before_it_works_are_small(String page) {
        int onTheWay = Stream.concat(Imports.of(page, ImportsTest::text).stream(), LONGEST_WORDS.stream())
                .map(script -> Asset.of("text/javascript", bytes(script)))
                .mapToInt(script -> script.gzipped().orElse(script.plain()).bytes().length)
                .sum();
        assertThat(onTheWay).as("bytes of " + page + " with all it imports").isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void every_module_that_another_names_is_there() throws IOException {
        List<String> missing = new ArrayList<>();
        try (Stream<Path> scripts = Files.walk(SCRIPTS)) {
            for (Path script : (Iterable<Path>) scripts.filter(Files::isRegularFile)::iterator) {
                Matcher named = NAMED.matcher(Files.readString(script));
                while (named.find()) {
                    if (!Files.isRegularFile(script.resolveSibling(named.group(1)))) {
                        missing.add(script + " imports " + named.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String text(String script) {
        return new String(bytes(script), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String script) {
        try {
            return Files.readAllBytes(SCRIPTS.resolve(script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
