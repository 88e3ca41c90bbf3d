package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.Map;

/** How this package reads and writes JSON over REST: small, and kept in no cache. Thread-safe. */
final class Answers {
    private static final int MAX_BODY = 16 * 1024;
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private Answers() {}

    static Response json(Response.Status status, JsonObjectBuilder body) {
        return Response.status(status)
                .entity(body.build().toString())
                .header("Cache-Control", "no-store")
                .build();
    }

    static JsonObject read(String body) {
        if (body.length() > MAX_BODY) {
            throw new ChatException(Fault.TOO_LARGE);
        }
        try (JsonReader reader = READERS.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            throw new ChatException(Fault.MALFORMED, "Send one JSON object.");
        }
    }
}
