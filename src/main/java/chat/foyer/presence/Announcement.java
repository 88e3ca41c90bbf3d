package chat.foyer.presence;

import chat.foyer.presence.Seat.Place;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node tells the others of who is connected to it. Immutable.
 *
 * @param node which node
 * @param life one run of that node; a node that is started anew may have the name it had, but not the life
 * @param version how many times its seats had changed when it said this
 * @param news what it says
 */
record Announcement(String node, String life, long version, News news) {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** One thing that a node may say. */
    sealed interface News permits Beat, Changes, Whole, Ask, Typing, Goodbye {}

    /** Nothing but that it is alive, and its version. */
    record Beat() implements News {}

    /** What has changed since a version: these seats are so now, and these are given up. */
    record Changes(long after, List<Seat> seats, List<Place> gone) implements News {}

    /** A part of all its seats at its version. */
    record Whole(int part, int parts, List<Seat> seats) implements News {
        private static final int MOST_PARTS = 1_000; // a stranger on the bus must not fill the memory

        public Whole {
            if (part < 0 || part >= parts || parts > MOST_PARTS) {
                throw new IllegalArgumentException("there is no such part of a whole");
            }
        }
    }

    /** Another node is to tell everything. */
    record Ask(String whom) implements News {}

    /** Somebody connected to it is writing. */
    record Typing(RoomName room, User user) implements News {
        Place place() {
            return new Place(Optional.of(room), user.id());
        }
    }

    /** It stops. */
    record Goodbye() implements News {}

    JsonObjectBuilder toJson() {
        JsonObjectBuilder json =
                JSON.createObjectBuilder().add("node", node).add("life", life).add("version", version);
        if (news instanceof Changes changes) {
            JsonArrayBuilder gone = JSON.createArrayBuilder();
            changes.gone().forEach(place -> gone.add(json(place)));
            return json.add("news", "changes")
                    .add("after", changes.after())
                    .add("seats", json(changes.seats()))
                    .add("gone", gone);
        }
        if (news instanceof Whole whole) {
            return json.add("news", "whole")
                    .add("part", whole.part())
                    .add("parts", whole.parts())
                    .add("seats", json(whole.seats()));
        }
        if (news instanceof Ask ask) {
            return json.add("news", "ask").add("whom", ask.whom());
        }
        if (news instanceof Typing typing) {
            return json.add("news", "typing")
                    .add("seat", json(new Seat(Optional.of(typing.room()), typing.user(), false)));
        }
        return json.add("news", news instanceof Goodbye ? "goodbye" : "beat");
    }

    private static JsonArrayBuilder json(List<Seat> seats) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        seats.forEach(seat -> array.add(json(seat)));
        return array;
    }

    private static JsonObjectBuilder json(Place place) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("id", place.user());
        place.room().ifPresent(room -> json.add("room", room.text()));
        return json;
    }

    private static JsonObjectBuilder json(Seat seat) {
        return json(seat.place())
                .add("name", seat.user().name())
                .add("guest", seat.user().guest())
                .add("away", seat.away());
    }

    static JsonObject read(String payload) {
        try (JsonReader reader = READERS.createReader(new StringReader(payload))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new IllegalArgumentException("its payload is not JSON", e);
        }
    }

    /** @throws RuntimeException when this is not a whole announcement */
    static Announcement of(JsonObject json) {
        return new Announcement(
                json.getString("node"),
                json.getString("life"),
                json.getJsonNumber("version").longValueExact(),
                news(json));
    }

    private static News news(JsonObject json) {
        return switch (json.getString("news")) {
            case "beat" -> new Beat();
            case "changes" ->
                new Changes(
                        json.getJsonNumber("after").longValueExact(),
                        seats(json),
                        json.getJsonArray("gone").stream()
                                .map(JsonValue::asJsonObject)
                                .map(gone -> new Place(room(gone), gone.getString("id")))
                                .toList());
            case "whole" -> new Whole(json.getInt("part"), json.getInt("parts"), seats(json));
            case "ask" -> new Ask(json.getString("whom"));
            case "typing" -> {
                Seat seat = seat(json.getJsonObject("seat"));
                yield new Typing(seat.room().orElseThrow(), seat.user());
            }
            case "goodbye" -> new Goodbye();
            default -> throw new IllegalArgumentException("it says something unknown");
        };
    }

    private static List<Seat> seats(JsonObject json) {
        return json.getJsonArray("seats").stream()
                .map(JsonValue::asJsonObject)
                .map(Announcement::seat)
                .toList();
    }

    private static Seat seat(JsonObject json) {
        return new Seat(
                room(json),
                new User(json.getString("id"), json.getString("name"), json.getBoolean("guest")),
                json.getBoolean("away"));
    }

    private static Optional<RoomName> room(JsonObject json) {
        return json.containsKey("room") ? Optional.of(new RoomName(json.getString("room"))) : Optional.empty();
    }
}
