package chat.foyer.bench.layer;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a {@link LayerOrder}.
 *
 * @param figures by the names of {@link chat.foyer.bench.Figure}
 * @param fault why it does not count; empty when it does
 */
public record LayerAnswer(Map<String, Double> figures, String fault) {

    static LayerAnswer of(JsonObject json) {
        JsonObject measured = json.getJsonObject("figures");
        Map<String, Double> figures = new LinkedHashMap<>();
        measured.keySet()
                .forEach(name -> figures.put(name, measured.getJsonNumber(name).doubleValue()));
        return new LayerAnswer(figures, json.getString("fault"));
    }

    JsonObject json() {
        JsonObjectBuilder measured = Json.createObjectBuilder();
        figures.forEach(measured::add);
        return Json.createObjectBuilder()
                .add("figures", measured)
                .add("fault", fault)
                .build();
    }
}
