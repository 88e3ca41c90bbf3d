package chat.foyer.web;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON object that a REST request brings, bounded before it is looked at; no body at all is an empty one. Immutable.
 *
 * <p>What is wrong with a member is {@link Fault#INVALID} with its name as the field.
 */
public final class JsonBody {
    private static final int MAX_BYTES = 32 * 1024;
    private static final int MAX_TEXTS = 200;
    private static final long MAX_SKIPPED = 4L * 1024 * 1024;
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final JsonObject members;

    private JsonBody(JsonObject members) {
        this.members = members;
    }

    /**
     * @throws ChatException ({@link Fault#TOO_LARGE}, {@link Fault#TOO_COMPLEX}, {@link Fault#MALFORMED}) when it is no
     *     object
     */
    public static JsonBody read(InputStream stream) {
        return read(stream, MAX_BYTES);
    }

    /** The same, for a body of at most so many bytes. */
    public static JsonBody read(InputStream stream, int maxBytes) {
        return of(textOf(stream, maxBytes));
    }

    static JsonBody of(String text) {
        if (text.isEmpty()) {
            return new JsonBody(JsonValue.EMPTY_JSON_OBJECT);
        }
        JsonGuard.membersOf(text);
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            return new JsonBody(reader.readObject());
        } catch (JsonException | IllegalStateException e) {
            throw new ChatException(Fault.MALFORMED, "Send one JSON object.");
        }
    }

    private static String textOf(InputStream stream, int maxBytes) {
        try {
            byte[] bytes = stream.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                stream.skip(MAX_SKIPPED); // many clients hear an answer only when they have said everything
                throw new ChatException(Fault.TOO_LARGE, Phrase.of("fault.body"));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ChatException(Fault.MALFORMED, "JSON is UTF-8."); // RFC 8259 §8.1
        } catch (IOException e) {
            throw new ChatException(Fault.MALFORMED, "The request ended too early.");
        }
    }

    public Set<String> names() {
        return members.keySet();
    }

    /** @throws ChatException ({@link Fault#INVALID}) when there is no such text */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> invalid(name, "is missing"));
    }

    public Optional<String> optionalText(String name) {
        return value(name).map(value -> textOf(name, value));
    }

    /** At most so many different texts; none when they are left away. */
    public List<String> texts(String name) {
        JsonValue value = value(name).orElse(JsonValue.EMPTY_JSON_ARRAY);
        if (!(value instanceof JsonArray array) || array.size() > MAX_TEXTS) {
            throw invalid(name, "must be an array of at most " + MAX_TEXTS + " texts");
        }
        return array.stream().map(each -> textOf(name, each)).distinct().toList();
    }

    /** @throws ChatException ({@link Fault#INVALID}) when there is no such flag */
    public boolean flag(String name) {
        return optionalFlag(name).orElseThrow(() -> invalid(name, "is missing"));
    }

    public Optional<Boolean> optionalFlag(String name) {
        return value(name).map(value -> switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw invalid(name, "must be true or false");
        });
    }

    /** @throws ChatException ({@link Fault#INVALID}) when there is no such place in a room, which is zero or more */
    public long place(String name) {
        return value(name)
                .map(JsonValue::toString)
                .filter(value -> value.matches("[0-9]{1,18}")) // and so no text, no fraction, nothing too large
                .map(Long::parseLong)
                .orElseThrow(() -> invalid(name, "must be the number of a change"));
    }

    /** One of an enumeration, whatever its case. */
    public <E extends Enum<E>> Optional<E> optionalOf(Class<E> type, String name) {
        return optionalText(name).map(text -> {
            try {
                return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw invalid(name, "cannot be this");
            }
        });
    }

    private static String textOf(String name, JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw invalid(name, "must be a text");
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> value != JsonValue.NULL);
    }

    private static ChatException invalid(String name, String what) {
        return new ChatException(Fault.INVALID, "\"" + name + "\" " + what + ".").about(name);
    }
}
