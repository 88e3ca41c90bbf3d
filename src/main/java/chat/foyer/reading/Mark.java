package chat.foyer.reading;

import chat.foyer.room.RoomName;

/**
 * Up to where somebody has seen a room. Immutable.
 *
 * @param seq the place; zero when they have just come
 * @param enters whether an open room becomes one of theirs by this
 * @param back whether the place may lie before the one that is known: they want to see again what comes after it
 */
record Mark(long seq, boolean enters, boolean back) {

    Mark(long seq, boolean enters) {
        this(seq, enters, false);
    }

    /**
     * Whose it is, and where. Immutable.
     *
     * @param person the id
     */
    record Seat(String person, RoomName room) {}

    /** This and then the other one. */
    Mark and(Mark later) {
        return new Mark(later.back ? later.seq : Math.max(seq, later.seq), enters || later.enters, back || later.back);
    }
}
