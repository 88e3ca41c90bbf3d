package chat.foyer.group;

import chat.foyer.channel.Seal;
import chat.foyer.message.Attachment;
import chat.foyer.message.Mention;
import chat.foyer.message.Message;
import chat.foyer.room.Note;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What nodes tell each other on the bus: these changes of a room are true in the database of this epoch. Immutable.
 *
 * <p>Signed with a key that lies in that database, so that nodes which share it release what a hint carries without
 * reading the database, and nobody who merely reaches the bus can put words into their mouths.
 *
 * @param sender the node's channel
 * @param epoch the database in which the changes were committed
 * @param room where
 * @param changes by {@code rev}; none when only the head is announced
 * @param head the number of the room's last change
 * @param open whether everybody may read them; what is said behind doors stays in its database
 */
record Hint(String sender, UUID epoch, RoomName room, List<Message> changes, long head, boolean open) {
    private static final String TYPE = "chat.changes";
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    JsonObject toEvent(Seal seal) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Message message : changes) {
            var json = JSON.createObjectBuilder()
                    .add("id", message.id().toString())
                    .add("seq", message.seq())
                    .add("rev", message.rev())
                    .add("authorId", message.author().id())
                    .add("authorName", message.author().name())
                    .add("guest", message.author().guest())
                    .add("ref", message.ref())
                    .add("body", message.body())
                    .add("at", message.at().toString())
                    .add("deleted", message.deleted());
            message.note().ifPresent(note -> {
                json.add("note", note.what().name());
                note.subject()
                        .ifPresent(
                                subject -> json.add("subjectId", subject.id()).add("subjectName", subject.name()));
            });
            if (!message.files().isEmpty()) {
                json.add("files", Attachment.toJson(message.files()));
            }
            message.editedAt().ifPresent(time -> json.add("editedAt", time.toString()));
            if (!message.mentions().isEmpty()) {
                var handles = JSON.createObjectBuilder();
                message.mentions().forEach(mention -> handles.add(mention.person(), mention.handle()));
                json.add("mentions", handles);
            }
            array.add(json);
        }
        JsonObject payload = JSON.createObjectBuilder()
                .add("sender", sender)
                .add("epoch", epoch.toString())
                .add("room", room.text())
                .add("changes", array)
                .add("head", head)
                .add("open", open)
                .build();
        return seal.sign(TYPE, payload);
    }

    /** @throws IllegalArgumentException when the event is not a whole hint */
    static Hint of(JsonObject event) {
        if (!TYPE.equals(event.getString("type", ""))) {
            throw new IllegalArgumentException("its type is not " + TYPE);
        }
        try (JsonReader reader = READERS.createReader(new StringReader(event.getString("payload")))) {
            JsonObject payload = reader.readObject();
            RoomName room = new RoomName(payload.getString("room"));
            List<Message> changes = payload.getJsonArray("changes").stream()
                    .map(JsonValue::asJsonObject)
                    .map(json -> message(room, json))
                    .toList();
            return new Hint(
                    payload.getString("sender"),
                    UUID.fromString(payload.getString("epoch")),
                    room,
                    changes,
                    payload.getJsonNumber("head").longValueExact(),
                    payload.getBoolean("open", true)); // a node that knows no doors has none
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its time cannot be read", e);
        }
    }

    private static Message message(RoomName room, JsonObject json) {
        return new Message(
                UUID.fromString(json.getString("id")),
                room,
                json.getJsonNumber("seq").longValueExact(),
                json.getJsonNumber("rev").longValueExact(),
                new User(json.getString("authorId"), json.getString("authorName"), json.getBoolean("guest")),
                json.getString("ref"),
                json.getString("body"),
                Instant.parse(json.getString("at")),
                Optional.ofNullable(json.getString("editedAt", null)).map(Instant::parse),
                json.getBoolean("deleted"),
                note(json),
                mentions(json),
                json.containsKey("files") ? Attachment.of(json.getJsonArray("files")) : List.of());
    }

    private static Set<Mention> mentions(JsonObject json) {
        JsonObject handles = json.getJsonObject("mentions"); // null when there are none
        return handles == null
                ? Set.of()
                : handles.keySet().stream()
                        .map(person -> new Mention(person, handles.getString(person)))
                        .collect(Collectors.toSet());
    }

    private static Optional<Note> note(JsonObject json) {
        return Optional.ofNullable(json.getString("note", null))
                .map(what -> new Note(
                        Note.What.valueOf(what),
                        Optional.ofNullable(json.getString("subjectId", null))
                                .map(id -> new User(id, json.getString("subjectName"), false)),
                        json.getString("body")));
    }
}
