package chat.foyer.presence;

import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.util.Optional;

/**
 * Somebody in a room on one node, however many connections they have there. Immutable.
 *
 * @param room where; empty for who has the stream of their rooms open, which is in none of them
 * @param user who
 * @param away whether all their connections there say that nothing is touched
 */
record Seat(Optional<RoomName> room, User user, boolean away) {

    /** Which seat it is: there is one at most on each node. Immutable. */
    record Place(Optional<RoomName> room, String user) {}

    Place place() {
        return new Place(room, user.id());
    }
}
