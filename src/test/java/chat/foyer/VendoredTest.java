package chat.foyer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others have made and pages load is what its lock file says. */
class VendoredTest {
    private static final Path VENDOR = Path.of("src/main/webapp/assets/vendor");
    private static final Path LOCK = VENDOR.resolve("lock.json");
    private static final Path LICENCES = VENDOR.resolve("LICENCES.txt");

    @Test
    void every_vendored_file_is_locked_and_unchanged() throws IOException {
        Map<String, String> locked = new TreeMap<>();
        for (JsonObject each : lock().getValuesAs(JsonObject.class)) {
            each.getJsonObject("files").forEach((name, hash) -> locked.put(name, ((JsonString) hash).getString()));
        }
        Map<String, String> there = new TreeMap<>();
        try (Stream<Path> files = Files.list(VENDOR)) {
            for (Path file : files.filter(file -> !file.equals(LOCK) && !file.equals(LICENCES))
                    .toList()) {
                there.put(file.getFileName().toString(), sha256(file));
            }
        }
        assertThat(there).isEqualTo(locked);
    }

    @Test
    void every_vendored_package_says_its_version_and_licence() throws IOException {
        assertThat(lock()).isNotEmpty();
        for (JsonObject each : lock().getValuesAs(JsonObject.class)) {
            assertThat(each.getString("version")).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(each.getString("licence")).isNotBlank();
            assertThat(Path.of(each.getString("made"))).exists();
            assertThat(LICENCES).content().contains(each.getString("name"));
        }
    }

    private static JsonArray lock() throws IOException {
        try (var reader = Json.createReader(Files.newBufferedReader(LOCK))) {
            return reader.readArray();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
