package chat.foyer.channel;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What every layer asks of an event. Thread-safe. */
public final class Events {
    private static final int MAX_DEPTH = 64;
    private static final int ESCAPED =
            6; // the longest that one UTF-16 unit becomes in JSON: a backslash, u and four digits
    private static final int AROUND = 4; // quotes, colon, comma
    private static final int LONGEST_NUMBER = 32; // that is looked at no closer

    private Events() {}

    /**
     * Returns the event, or refuses it.
     *
     * @throws EventTooLargeException when it is larger than {@link ChannelLayer#MAX_EVENT_BYTES}
     * @throws IllegalArgumentException when it is nested deeper than anything that could be read again
     */
    public static JsonObject require(JsonObject event) {
        // nearly every event is so small that nobody needs to write it down to know
        if (atMost(event, 0) > ChannelLayer.MAX_EVENT_BYTES) {
            requireSize(event.toString());
        }
        return event;
    }

    /** The event as JSON text, or a refusal as by {@link #require}. */
    public static String text(JsonObject event) {
        long atMost = atMost(event, 0);
        String text = event.toString();
        return atMost > ChannelLayer.MAX_EVENT_BYTES ? requireSize(text) : text;
    }

    private static String requireSize(String text) {
        if (text.length() > ChannelLayer.MAX_EVENT_BYTES
                || text.getBytes(StandardCharsets.UTF_8).length > ChannelLayer.MAX_EVENT_BYTES) {
            throw new EventTooLargeException();
        }
        return text;
    }

    /** More bytes of JSON than the value can become. */
    private static long atMost(JsonValue value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("An event is nested at most " + MAX_DEPTH + " deep");
        }
        return switch (value.getValueType()) {
            case OBJECT -> {
                long sum = AROUND;
                for (Map.Entry<String, JsonValue> member : ((JsonObject) value).entrySet()) {
                    sum += (long) ESCAPED * member.getKey().length() + AROUND + atMost(member.getValue(), depth + 1);
                }
                yield sum;
            }
            case ARRAY -> {
                long sum = AROUND;
                for (JsonValue element : (JsonArray) value) {
                    sum += atMost(element, depth + 1);
                }
                yield sum;
            }
            case STRING -> (long) ESCAPED * ((JsonString) value).getChars().length() + AROUND;
            case NUMBER -> Math.max(LONGEST_NUMBER, value.toString().length()) + 1L;
            case TRUE, FALSE, NULL -> AROUND + 2L;
        };
    }
}
