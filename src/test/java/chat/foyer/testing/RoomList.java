package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tab that shows somebody the list of their rooms, as the stream of a person tells it. For one thread. */
public final class RoomList implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChatClient stream;
    private final Map<String, JsonObject> rooms = new TreeMap<>();

    private RoomList(ChatClient stream) {
        this.stream = stream;
        JsonObject first = stream.nextEvents().get(0);
        assertThat(first.getString("type")).isEqualTo("rooms.listed");
        first.getJsonArray("rooms").getValuesAs(JsonObject.class).forEach(this::put);
    }

    public static RoomList of(Node node, String... headers) {
        return new RoomList(ChatClient.ofOwnRooms(node, headers));
    }

    private void put(JsonObject event) {
        rooms.put(event.getString("room"), event);
    }

    private void count(JsonObject event) {
        rooms.computeIfPresent(
                event.getString("room"),
                (room, known) -> Json.createObjectBuilder(known)
                        .addAll(Json.createObjectBuilder(event))
                        .build());
    }

    /** Takes in what has come. */
    private Map<String, JsonObject> now() {
        while (stream.unread() > 0) {
            stream.nextEvents().forEach(event -> {
                switch (event.getString("type")) {
                    case "room.listed" -> put(event);
                    case "room.counted" -> count(event);
                    case "room.unlisted" -> rooms.remove(event.getString("room"));
                    default -> throw new AssertionError(event);
                }
            });
        }
        return rooms;
    }

    /** The rooms with how much is unread in each. */
    public Map<String, Integer> unread() {
        Map<String, Integer> unread = new TreeMap<>();
        now().forEach((room, event) -> unread.put(room, event.getInt("unread")));
        return unread;
    }

    /** How a room was told last: head, seen, unread and mentions. */
    public List<Integer> counts(String room) {
        JsonObject event = now().get(room);
        return event == null
                ? List.of()
                : List.of(event.getInt("head"), event.getInt("seen"), event.getInt("unread"), event.getInt("mentions"));
    }

    public RoomList shows(String room, int unread, int mentions) {
        await(room + " with " + unread + " unread and " + mentions + " mentions")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    List<Integer> counts = counts(room);
                    return counts.size() == 4 && counts.get(2) == unread && counts.get(3) == mentions;
                });
        return this;
    }

    /** Waits until the other one of a conversation is active, away or offline. */
    public RoomList showsOther(String room, String presence) {
        await("the other one in " + room + " is " + presence)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> now().containsKey(room)
                        && now().get(room).getString("presence").equals(presence));
        return this;
    }

    /** Says that a room was read up to a place. */
    public void sees(String room, long seq) {
        stream.sends("{\"type\":\"room.seen\",\"room\":\"" + room + "\",\"seq\":" + seq + "}");
    }

    public ChatClient stream() {
        return stream;
    }

    @Override
    public void close() {
        stream.close();
    }
}
