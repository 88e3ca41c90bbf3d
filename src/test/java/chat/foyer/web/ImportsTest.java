package chat.foyer.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportsTest {
    private static final Path SCRIPTS = Path.of("src/main/webapp/assets/js");
    private static final int BUDGET = 80_000; // bytes of a page's scripts on the way, before what is loaded later

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
        int onTheWay = Imports.of(page, ImportsTest::text).stream()
                .map(script -> Asset.of("text/javascript", bytes(script)))
                .mapToInt(script -> script.gzipped().orElse(script.plain()).bytes().length)
                .sum();
        assertThat(onTheWay).as("bytes of " + page + " with all it imports").isLessThanOrEqualTo(BUDGET);
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
