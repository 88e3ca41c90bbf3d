package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The JSON object that a request brings, bounded before it is looked at. Immutable. */
final class Body {
    private static final int MAX_BYTES = 16_384;
    private static final long MAX_SKIPPED = 4L * 1024 * 1024;
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final JsonObject members;

    private Body(JsonObject members) {
        this.members = members;
    }

    /** @throws ChatException ({@link Fault#TOO_LARGE}, {@link Fault#MALFORMED}) when it is none */
    static Body read(InputStream stream) {
        try {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                stream.skip(MAX_SKIPPED); // many clients hear an answer only when they have said everything
                throw new ChatException(Fault.TOO_LARGE, "This is too large for what is asked.");
            }
            try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
                return new Body(reader.readObject());
            }
        } catch (JsonException | IllegalStateException e) {
            throw new ChatException(Fault.MALFORMED, "Send one JSON object.");
        } catch (IOException e) {
            throw new ChatException(Fault.MALFORMED, "The request ended too early.");
        }
    }

    /** @throws ChatException ({@link Fault#INVALID}) when there is no such text */
    String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> new ChatException(Fault.INVALID, "\"" + name + "\" is missing.", name));
    }

    Optional<String> optionalText(String name) {
        return value(name).map(value -> {
            if (value instanceof JsonString text) {
                return text.getString();
            }
            throw new ChatException(Fault.INVALID, "\"" + name + "\" must be a text.", name);
        });
    }

    Optional<Boolean> optionalFlag(String name) {
        return value(name).map(value -> switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw new ChatException(Fault.INVALID, "\"" + name + "\" must be true or false.", name);
        });
    }

    <E extends Enum<E>> Optional<E> optionalOf(Class<E> type, String name) {
        return optionalText(name).map(text -> {
            try {
                return Enum.valueOf(type, text);
            } catch (IllegalArgumentException e) {
                throw new ChatException(Fault.INVALID, "\"" + name + "\" cannot be this.", name);
            }
        });
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> value != JsonValue.NULL);
    }
}
