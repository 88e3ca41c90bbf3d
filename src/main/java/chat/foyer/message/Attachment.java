package chat.foyer.message;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A file of a message, as far as everybody may know who reads the message. Immutable.
 *
 * @param id names it everywhere; random
 * @param name what its owner calls it
 * @param type the media type of an image that a page may show, otherwise {@link #OPAQUE}
 * @param size in bytes
 * @param width of an image as it is shown, in pixels; otherwise 0
 * @param height the same
 * @param thumbnail whether there is a smaller image for pages
 */
public record Attachment(UUID id, String name, String type, long size, int width, int height, boolean thumbnail) {
    /** The type of all that is only to be downloaded. */
    public static final String OPAQUE = "application/octet-stream";

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    public boolean isImage() {
        return width > 0;
    }

    /** As clients, nodes and the database get them; without a size in pixels where it is no image. */
    public JsonObject toJson() {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", id.toString())
                .add("name", name)
                .add("type", type)
                .add("size", size);
        if (isImage()) {
            json.add("width", width).add("height", height);
        }
        return json.add("thumbnail", thumbnail).build();
    }

    public static JsonArray toJson(List<Attachment> files) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        files.forEach(file -> array.add(file.toJson()));
        return array.build();
    }

    /** Those that {@link #toJson} has written. */
    public static List<Attachment> of(JsonArray array) {
        return array.stream().map(JsonValue::asJsonObject).map(Attachment::of).toList();
    }

    static List<Attachment> parse(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return of(reader.readArray());
        }
    }

    private static Attachment of(JsonObject json) {
        return new Attachment(
                UUID.fromString(json.getString("id")),
                json.getString("name"),
                json.getString("type"),
                json.getJsonNumber("size").longValueExact(),
                json.getInt("width", 0),
                json.getInt("height", 0),
                json.getBoolean("thumbnail"));
    }
}
