package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.json.Json;
import jakarta.json.JsonArray;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What somebody wants of a room by REST: one JSON object, bounded before it is looked at. Immutable. */
final class RoomBody {
    private static final int MAX_BYTES = 32 * 1024;
    private static final int MAX_PEOPLE = 200;
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final JsonObject members;

    private RoomBody(JsonObject members) {
        this.members = members;
    }

    /** @throws ChatException ({@link Fault#TOO_LARGE}, {@link Fault#MALFORMED}) when it is none */
    static RoomBody read(InputStream stream) {
        try {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ChatException(Fault.TOO_LARGE, "This is too large for what is asked.");
            }
            if (bytes.length == 0) {
                return new RoomBody(JsonValue.EMPTY_JSON_OBJECT);
            }
            try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
                return new RoomBody(reader.readObject());
            }
        } catch (JsonException | IllegalStateException e) {
            throw new ChatException(Fault.MALFORMED, "Send one JSON object.");
        } catch (IOException e) {
            throw new ChatException(Fault.MALFORMED, "The request ended too early.");
        }
    }

    Set<String> names() {
        return members.keySet();
    }

    /** @throws ChatException ({@link Fault#MALFORMED}) when there is no such text */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> malformed(name, "must be a text"));
    }

    Optional<String> optionalText(String name) {
        return value(name).map(value -> textOf(name, value));
    }

    boolean flag(String name) {
        return switch (value(name).map(JsonValue::getValueType).orElse(JsonValue.ValueType.NULL)) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw malformed(name, "must be true or false");
        };
    }

    /** @throws ChatException ({@link Fault#MALFORMED}) when there is no such place in a room, which is zero or more */
    long place(String name) {
        return value(name)
                .filter(value ->
                        value.toString().matches("[0-9]{1,18}")) // and so no text, no fraction, nothing too large
                .map(value -> Long.parseLong(value.toString()))
                .orElseThrow(() -> malformed(name, "must be the number of a change"));
    }

    /** One of an enumeration, which stands in small letters here. */
    <E extends Enum<E>> Optional<E> optionalOf(Class<E> type, String name) {
        return optionalText(name).map(text -> {
            try {
                return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw malformed(name, "cannot be this");
            }
        });
    }

    List<String> texts(String name) {
        JsonValue value = value(name).orElse(JsonValue.EMPTY_JSON_ARRAY);
        if (!(value instanceof JsonArray array) || array.size() > MAX_PEOPLE) {
            throw malformed(name, "must be an array of at most " + MAX_PEOPLE + " texts");
        }
        return array.stream().map(each -> textOf(name, each)).distinct().toList();
    }

    private static String textOf(String name, JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw malformed(name, "must be a text");
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> value != JsonValue.NULL);
    }

    private static ChatException malformed(String name, String what) {
        return new ChatException(Fault.MALFORMED, "\"" + name + "\" " + what + ".");
    }
}
