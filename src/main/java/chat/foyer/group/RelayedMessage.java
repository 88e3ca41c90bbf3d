package chat.foyer.group;

import chat.foyer.message.Message;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** A message as it travels between nodes: an event of type {@code chat.message}. Thread-safe. */
final class RelayedMessage {
    private static final String TYPE = "chat.message";
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private RelayedMessage() {}

    static JsonObject toEvent(Message message, String sender) {
        return JSON.createObjectBuilder()
                .add("type", TYPE)
                .add("sender", sender)
                .add("id", message.id())
                .add("room", message.room().text())
                .add("authorId", message.author().id())
                .add("authorName", message.author().name())
                .add("guest", message.author().guest())
                .add("ref", message.ref())
                .add("body", message.body())
                .add("at", message.at().toString())
                .build();
    }

    static boolean isFrom(JsonObject event, String sender) {
        return sender.equals(event.getString("sender", ""));
    }

    /** @throws IllegalArgumentException when the event is not a whole message */
    static Message toMessage(JsonObject event) {
        if (!TYPE.equals(event.getString("type", ""))) {
            throw new IllegalArgumentException("its type is not " + TYPE);
        }
        try {
            User author =
                    new User(event.getString("authorId"), event.getString("authorName"), event.getBoolean("guest"));
            return new Message(
                    event.getString("id"),
                    new RoomName(event.getString("room")),
                    author,
                    event.getString("ref"),
                    event.getString("body"),
                    Instant.parse(event.getString("at")));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("its time cannot be read", e);
        }
    }
}
