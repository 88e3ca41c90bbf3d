package chat.foyer.reading;

import chat.foyer.fault.ChatException;
import chat.foyer.room.RoomName;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a node tells the others on the bus: in these rooms, and for these people, something is different. Immutable.
 *
 * <p>It says where to look in the database and nothing else, so it needs no signature: a forged one costs a query.
 *
 * @param sender the node's channel
 * @param rooms what is new in each
 * @param people the ids of those who have seen something, or have other rooms than before
 */
record Announcement(String sender, Map<RoomName, News> rooms, Collection<String> people) {
    private static final String TYPE = "reading.changed";
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    JsonObject toEvent() {
        JsonObjectBuilder named = JSON.createObjectBuilder();
        rooms.forEach((room, news) -> named.add(room.text(), news.name()));
        JsonArrayBuilder ids = JSON.createArrayBuilder();
        people.forEach(ids::add);
        return JSON.createObjectBuilder()
                .add("type", TYPE)
                .add("sender", sender)
                .add("rooms", named)
                .add("people", ids)
                .build();
    }

    /** @throws IllegalArgumentException when the event is no announcement */
    static Announcement of(JsonObject event) {
        try {
            if (!TYPE.equals(event.getString("type", ""))) {
                throw new IllegalArgumentException("its type is not " + TYPE);
            }
            Map<RoomName, News> rooms = new HashMap<>();
            event.getJsonObject("rooms")
                    .forEach((name, news) ->
                            rooms.put(new RoomName(name), News.valueOf(((JsonString) news).getString())));
            Set<String> people = new HashSet<>();
            event.getJsonArray("people").getValuesAs(JsonString.class).forEach(id -> people.add(id.getString()));
            return new Announcement(event.getString("sender"), rooms, people);
        } catch (ChatException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("it is not whole", e);
        }
    }
}
