package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Sample;
import chat.foyer.bench.server.Workplace;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The results of one suite, as they stand in a file of {@code target/bench}.
 *
 * @param suite its name
 * @param circumstances when, where and with what it ran
 */
public record Results(String suite, Map<String, String> circumstances, List<Sample> samples) {

    /** Writes the file of this suite anew. */
    public static void write(String suite, Map<String, String> circumstances, List<Sample> samples) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        samples.forEach(sample -> array.add(json(sample)));
        JsonObjectBuilder about = Json.createObjectBuilder();
        circumstances.forEach(about::add);
        JsonObject whole = Json.createObjectBuilder()
                .add("suite", suite)
                .add("circumstances", about)
                .add("samples", array)
                .build();
        try {
            Files.createDirectories(Workplace.DIRECTORY);
            try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                    .createWriter(Files.newBufferedWriter(Workplace.DIRECTORY.resolve(suite + ".json")))) {
                writer.write(whole);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObjectBuilder json(Sample sample) {
        JsonObjectBuilder figures = Json.createObjectBuilder();
        sample.figures().forEach((name, value) -> {
            if (Double.isFinite(value)) { // nothing was delivered, so nothing can be said for one delivery
                figures.add(name, Math.round(value * 1000) / 1000.0);
            }
        });
        return Json.createObjectBuilder()
                .add("scenario", sample.scenario())
                .add("contender", sample.contender().name())
                .add("wire", sample.wire())
                .add("round", sample.round())
                .add("figures", figures)
                .add("fault", sample.fault());
    }

    /** All that was measured so far. */
    public static List<Results> all() {
        try (Stream<Path> files = Files.list(Workplace.DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Results::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was measured so far in this suite. */
    public static List<Sample> of(String suite) {
        Path file = Workplace.DIRECTORY.resolve(suite + ".json");
        return Files.exists(file) ? read(file).samples() : List.of();
    }

    private static Results read(Path file) {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            JsonObject whole = reader.readObject();
            Map<String, String> circumstances = new LinkedHashMap<>();
            JsonObject about = whole.getJsonObject("circumstances");
            about.keySet().forEach(key -> circumstances.put(key, about.getString(key)));
            List<Sample> samples = new ArrayList<>();
            for (JsonObject sample : whole.getJsonArray("samples").getValuesAs(JsonObject.class)) {
                samples.add(sample(sample));
            }
            return new Results(whole.getString("suite"), circumstances, samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample sample(JsonObject json) {
        Map<String, Double> figures = new LinkedHashMap<>();
        JsonObject measured = json.getJsonObject("figures");
        measured.keySet()
                .forEach(name -> figures.put(name, measured.getJsonNumber(name).doubleValue()));
        return new Sample(
                json.getString("scenario"),
                Contender.valueOf(json.getString("contender")),
                json.getString("wire"),
                json.getInt("round"),
                figures,
                json.getString("fault"));
    }
}
