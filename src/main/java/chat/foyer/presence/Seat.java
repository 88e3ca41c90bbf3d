package chat.foyer.presence;

import chat.foyer.room.RoomName;
import chat.foyer.user.User;

/**
 * Somebody in a room on one node, however many connections they have there. Immutable.
 *
 * @param room where
 * @param user who
 * @param away whether all their connections there say that nothing is touched
 */
record Seat(RoomName room, User user, boolean away) {

    /** Which seat it is: there is one at most on each node. Immutable. */
    record Place(RoomName room, String user) {}

    Place place() {
        return new Place(room, user.id());
    }
}
