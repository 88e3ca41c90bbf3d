package chat.foyer.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StyleSheetsTest {
    private static final Path ASSETS = Path.of("src/main/webapp/assets");

    @Test
    void what_is_imported_stands_where_it_was_imported() {
        Map<String, String> sheets = Map.of(
                "/css/pages/room.css", "@import \"../base.css\";\n@import \"room/rows.css\";\n.room { color: red; }\n",
                "/css/base.css", "@import \"tokens.css\";\n.base { content: \"$1 \\\\2014\"; }",
                "/css/tokens.css", ":root { --a: 1px; }",
                "/css/pages/room/rows.css", "/* @import \"a-comment.css\"; */");
        assertThat(StyleSheets.whole("/css/pages/room.css", sheets::get)).isEqualTo("""
                :root { --a: 1px; }
                .base { content: "$1 \\\\2014"; }
                /* @import "a-comment.css"; */
                .room { color: red; }
                """);
    }

    static Stream<Path> pages() throws IOException {
        return Files.list(ASSETS.resolve("css/pages"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_gets_all_of_its_styles_by_one_request(Path page) {
        String styles = StyleSheets.whole(
                "/" + ASSETS.relativize(page),
                path -> contentOf(ASSETS.resolve(path.substring(1)).toFile(), UTF_8));
        assertThat(styles).startsWith("@layer ").contains(".icon").doesNotContain("@import");
    }
}
