package chat.foyer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} to the code; {@code mvn test -Dfoyer.write-docs=true} writes it anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs/configuration.md");

    @Test
    void the_page_lists_every_setting_as_the_code_defines_it() throws IOException {
        if (Boolean.getBoolean("foyer.write-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md is generated: run mvn test -Dfoyer.write-docs=true")
                .isEqualTo(page());
    }

    private static String page() {
        String rows = Settings.ALL.stream().map(ConfigurationPageTest::row).collect(Collectors.joining());
        return """
                # Configuration

                <!-- Generated from chat.foyer.config.Settings by `mvn test -Dfoyer.write-docs=true`; a test holds it. -->

                Foyer reads its settings once, at start-up, through MicroProfile Config: from environment variables, from
                Java system properties (`-Dfoyer.guests=off`), or from whatever other source the server offers. An empty
                value counts as not set. A mistake fails the start with one line that names the key.

                | Key | Environment variable | Default | Accepts | Meaning |
                |---|---|---|---|---|
                %s""".formatted(rows);
    }

    private static String row(Setting<?> setting) {
        String defaultText = setting.defaultText().isEmpty() ? "not set" : "`" + setting.defaultText() + "`";
        return "| `%s` | `%s` | %s | %s | %s%s |%n"
                .formatted(
                        setting.key(),
                        setting.environmentName(),
                        defaultText,
                        setting.accepts(),
                        setting.meaning(),
                        setting.secret() ? " Never logged, since it may hold a password." : "");
    }
}
