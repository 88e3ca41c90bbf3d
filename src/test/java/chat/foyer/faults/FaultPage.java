package chat.foyer.faults;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The report: the latest result of every row on every server, as JSON and as the page made from it. In {@code
 * target/faults}; with {@code -Dfoyer.write-docs=true} in {@code docs}.
 */
final class FaultPage {
    private static final Path DIRECTORY = Boolean.getBoolean("foyer.write-docs") ? Path.of("docs") : Path.of("target");
    private static final Path JSON = DIRECTORY.resolve("faults.json");
    private static final Path PAGE = DIRECTORY.resolve("faults.md");

    private FaultPage() {}

    /** Takes the place of an earlier result of the same row on the same server. */
    static void add(JsonObject result) {
        Map<String, JsonObject> all = new TreeMap<>();
        read().forEach(old -> all.put(key(old), old));
        all.put(key(result), result);
        try {
            JsonArrayBuilder array = Json.createArrayBuilder();
            all.values().forEach(array::add);
            try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                    .createWriter(Files.newBufferedWriter(JSON))) {
                writer.writeArray(array.build());
            }
            Files.writeString(PAGE, page(List.copyOf(all.values())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(JsonObject result) {
        return result.getString("server") + " %02d".formatted(result.getInt("row"));
    }

    private static List<JsonObject> read() {
        if (!Files.exists(JSON)) {
            return List.of();
        }
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(JSON))) {
            return reader.readArray().getValuesAs(JsonValue::asJsonObject);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(List<JsonObject> results) {
        StringBuilder page = new StringBuilder("""
                # What happens when things break

                <!-- Generated from docs/faults.json by the fault suite with -Dfoyer.write-docs=true. -->

                Each row puts load on Foyer through clients that behave like the page: they come back with their cursor and send again
                what was not answered. Then something is broken for real, and a checker compares what every client was told with what
                the database holds in the end. The checker is itself held to bugs planted in the running server (rows 1 to 3).

                **Lost** is what was acknowledged and is not stored; **twice** what was stored or told twice; **wrong** everything else
                that must not be: a number out of order, something shown that is not stored or was not shown to everybody, two clients
                that disagree. **In doubt** is what a client still waited for in the end. What is measured stands beside its limit; **Others**
                is the share of the processors that programs outside the suite took meanwhile, which makes times worse.

                Run it by `mvn -B -Pfaults verify` or `mvn -B -Pfaults,wildfly verify`, one class by `-Dit.test=RedisFaults`.
                """);
        Map<String, List<JsonObject>> servers = results.stream()
                .collect(
                        Collectors.groupingBy(result -> result.getString("server"), TreeMap::new, Collectors.toList()));
        servers.forEach((server, rows) -> page.append(section(rows)));
        return page.toString();
    }

    private static String section(List<JsonObject> rows) {
        String first = rows.stream()
                .map(row -> row.getString("at"))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        String last = rows.stream()
                .map(row -> row.getString("at"))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        JsonObject one = rows.get(0);
        long seconds = rows.stream().mapToLong(row -> row.getInt("seconds")).sum();
        String head = """

                ## %s
                %s to %s, %s, %d s in all.

                | # | Fault | Expected | Acknowledged | Lost | Twice | Wrong | In doubt | Measured | Others | Result |
                |---|---|---|---|---|---|---|---|---|---|---|
                """.formatted(one.getString("name"), first, last, one.getString("machine"), seconds);
        return rows.stream()
                .sorted(Comparator.comparingInt(row -> row.getInt("row")))
                .map(FaultPage::line)
                .collect(Collectors.joining("", head, ""));
    }

    private static String line(JsonObject row) {
        String counts = "– | – | – | – | –";
        if (row.containsKey("found")) {
            JsonObject found = row.getJsonObject("found");
            int wrong = found.getInt("disorder")
                    + found.getInt("phantom")
                    + found.getInt("disagreement")
                    + found.getInt("missed");
            counts = "%d | %d | %d | %d | %d"
                    .formatted(
                            row.getInt("acknowledged"),
                            found.getInt("lost"),
                            found.getInt("duplicate"),
                            wrong,
                            found.getInt("in_doubt"));
        }
        String reason = row.getString("reason").lines().limit(4).collect(Collectors.joining(" "));
        return "| %d | %s | %s | %s | %s | %d %% | %s%s |\n"
                .formatted(
                        row.getInt("row"),
                        row.getString("fault"),
                        row.getString("expected"),
                        counts,
                        joined(row.getJsonArray("measured")),
                        row.getInt("others"),
                        row.getString("result"),
                        reason.isEmpty() ? "" : ": " + reason.replace("|", "\\|"));
    }

    private static String joined(JsonArray texts) {
        return texts.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .collect(Collectors.joining("; "));
    }
}
