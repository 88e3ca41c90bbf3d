package chat.foyer.web;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads JSON from strangers once before it becomes an object: refuses what is too deep, too wide or ambiguous.
 *
 * <p>Thread-safe. At most 16 levels, 64 members in all, no member twice in one object (RFC 8259 §4 leaves the meaning
 * of duplicates open, and two readers that disagree are an attack).
 */
public final class JsonGuard {
    private static final int MAX_DEPTH = 16;
    public static final int MAX_MEMBERS = 64;

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private JsonGuard() {}

    /** The members of the one JSON object in this text, each with what its value begins with. */
    public static Map<String, JsonParser.Event> membersOf(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            return read(parser);
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new ChatException(Fault.MALFORMED, "This is not JSON.");
        }
    }

    private static Map<String, JsonParser.Event> read(JsonParser parser) {
        if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
            throw new ChatException(Fault.MALFORMED, "Send one JSON object.");
        }
        Map<String, JsonParser.Event> members = new HashMap<>();
        Deque<Set<String>> open = new ArrayDeque<>(); // the names seen in each object or array that is still open
        open.push(new HashSet<>());
        String member = null; // of the outermost object, its value comes next
        int count = 0;
        while (parser.hasNext()) {
            JsonParser.Event event = parser.next();
            if (event == JsonParser.Event.KEY_NAME) {
                String name = parser.getString();
                if (++count > MAX_MEMBERS) {
                    throw new ChatException(Fault.TOO_COMPLEX);
                }
                if (!open.element().add(name)) {
                    throw new ChatException(Fault.MALFORMED, "A member of this JSON object stands in it twice.");
                }
                member = open.size() == 1 ? name : null;
                continue;
            }
            if (member != null) {
                members.put(member, event);
                member = null;
            }
            if (event == JsonParser.Event.START_OBJECT || event == JsonParser.Event.START_ARRAY) {
                open.push(new HashSet<>());
                if (open.size() > MAX_DEPTH) {
                    throw new ChatException(Fault.TOO_COMPLEX);
                }
            } else if (event == JsonParser.Event.END_OBJECT || event == JsonParser.Event.END_ARRAY) {
                open.pop();
            }
        }
        if (!open.isEmpty()) {
            throw new ChatException(Fault.MALFORMED, "This JSON ends too early.");
        }
        return members;
    }
}
