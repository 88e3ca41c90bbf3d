package chat.foyer.reading;

import chat.foyer.room.RoomName;

/**
 * Up to where somebody has seen a room. Immutable.
 *
 * @param seq the place; zero when they have just come
 * @param enters whether an open room becomes one of theirs by this
 */
record Mark(long seq, boolean enters) {

    /**
     * Whose it is, and where. Immutable.
     *
     * @param person the id
     */
    record Seat(String person, RoomName room) {}

    Mark and(Mark other) {
        return new Mark(Math.max(seq, other.seq), enters || other.enters);
    }
}
