package chat.foyer.channel.redis;

import chat.foyer.channel.EventCipher;
import chat.foyer.channel.EventCipher.UnreadableException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;

/** How events are written in Redis: as JSON, encrypted where there are keys. Thread-safe. */
final class RedisWords {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final Optional<EventCipher> cipher;

    RedisWords(Optional<EventCipher> cipher) {
        this.cipher = cipher;
    }

    /** @param place the name of the key or channel where it is to lie */
    String write(String place, String json) {
        return cipher.map(secret -> secret.encrypt(place, json)).orElse(json);
    }

    /** @throws UnreadableException when it is nothing that a node of ours wrote there */
    JsonObject read(String place, String text) throws UnreadableException {
        String json = cipher.isPresent() ? cipher.get().decrypt(place, text) : text;
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readObject();
        } catch (RuntimeException | StackOverflowError e) { // a stranger's JSON may be as deep as it likes
            throw new UnreadableException("it is no JSON object" + (cipher.isPresent() ? "" : " in plain text"));
        }
    }
}
