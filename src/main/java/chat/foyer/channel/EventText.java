package chat.foyer.channel;

import chat.foyer.channel.EventCipher.UnreadableException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;

/** How events are written on a bus: as JSON, encrypted where there are keys. Thread-safe. */
public final class EventText {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final Optional<EventCipher> cipher;

    public EventText(Optional<EventCipher> cipher) {
        this.cipher = cipher;
    }

    /** @param place the name of the place on the bus where it is to lie */
    public String write(String place, String json) {
        return cipher.map(secret -> secret.encrypt(place, json)).orElse(json);
    }

    /** @throws UnreadableException when it is nothing that a node of ours wrote there */
    public JsonObject read(String place, String text) throws UnreadableException {
        String json = cipher.isPresent() ? cipher.get().decrypt(place, text) : text;
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readObject();
        } catch (RuntimeException | StackOverflowError e) { // a stranger's JSON may be as deep as it likes
            throw new UnreadableException("it is no JSON object" + (cipher.isPresent() ? "" : " in plain text"));
        }
    }
}
