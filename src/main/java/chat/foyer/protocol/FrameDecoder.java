package chat.foyer.protocol;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.web.JsonGuard;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParser;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.EndpointConfig;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns text from a client into a frame; the only code that does. Thread-safe.
 *
 * <p>The endpoint assembles partial messages itself, since neither server enforces a size limit, and calls {@link
 * #decode(Wire, String)} on the whole text.
 */
public final class FrameDecoder implements Decoder.Text<ClientFrame> {
    /** JSON-B would turn a number into a text and a text into a number; these members may be one thing only. */
    private static final List<String> TEXTS = Stream.of(members(String.class), members(Optional.class))
            .flatMap(List::stream)
            .toList();

    private static final List<String> NUMBERS = members(Long.class);
    private static final List<String> FLAGS = members(Boolean.class);
    private static final List<String> LISTS = members(List.class);

    /** The members of this type that any frame of the rich wire has. */
    private static List<String> members(Class<?> type) {
        return Arrays.stream(ClientFrame.class.getPermittedSubclasses())
                .filter(frame -> frame != PlainFrame.class)
                .flatMap(frame -> Arrays.stream(frame.getRecordComponents()))
                .filter(component -> component.getType() == type)
                .map(RecordComponent::getName)
                .distinct()
                .toList();
    }

    /** @throws ChatException when the text is no frame of this wire, with a sentence that says what is missing */
    public static ClientFrame decode(Wire wire, String text) {
        Map<String, JsonParser.Event> members = JsonGuard.membersOf(text);
        if (wire == Wire.PLAIN) {
            requireText(members, "message", "Send {\"message\": \"your text\"}.");
            return bind(text, PlainFrame.class);
        }
        requireText(members, "type", "Every frame has a \"type\" such as \"message.post\".");
        TEXTS.forEach(name -> {
            if (members.containsKey(name)) {
                requireText(members, name, "\"" + name + "\" must be a text.");
            }
        });
        NUMBERS.forEach(name -> {
            if (members.containsKey(name) && members.get(name) != JsonParser.Event.VALUE_NUMBER) {
                throw new ChatException(Fault.MALFORMED, "\"" + name + "\" must be a whole number.");
            }
        });
        FLAGS.forEach(name -> {
            if (members.containsKey(name)
                    && members.get(name) != JsonParser.Event.VALUE_TRUE
                    && members.get(name) != JsonParser.Event.VALUE_FALSE) {
                throw new ChatException(Fault.MALFORMED, "\"" + name + "\" must be true or false.");
            }
        });
        LISTS.forEach(name -> {
            if (members.containsKey(name) && members.get(name) != JsonParser.Event.START_ARRAY) {
                throw new ChatException(Fault.MALFORMED, "\"" + name + "\" must be an array of texts.");
            }
        });
        ClientFrame frame = bind(text, ClientFrame.class);
        requireAll(frame, members);
        return frame;
    }

    private static void requireAll(ClientFrame frame, Map<String, JsonParser.Event> members) {
        for (RecordComponent component : frame.getClass().getRecordComponents()) {
            if (component.getType() == String.class) {
                requireText(members, component.getName(), "This frame needs a \"" + component.getName() + "\".");
            }
        }
    }

    private static void requireText(Map<String, JsonParser.Event> members, String name, String otherwise) {
        if (members.get(name) != JsonParser.Event.VALUE_STRING) {
            throw new ChatException(Fault.MALFORMED, otherwise);
        }
    }

    private static <T extends ClientFrame> T bind(String text, Class<T> type) {
        try {
            return Json.BINDING.fromJson(text, type);
        } catch (JsonbException e) {
            throw new ChatException(Fault.MALFORMED, "There is no frame of this type, or a member has the wrong type.");
        }
    }

    @Override
    public ClientFrame decode(String text) throws DecodeException {
        try {
            return decode(Wire.RICH, text);
        } catch (ChatException e) {
            throw new DecodeException(text, e.getMessage(), e);
        }
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }

    @Override
    public void init(EndpointConfig config) {
        // nothing to prepare
    }

    @Override
    public void destroy() {
        // nothing to release
    }
}
