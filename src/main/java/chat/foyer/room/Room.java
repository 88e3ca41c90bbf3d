package chat.foyer.room;

/**
 * A room as people see it. Immutable.
 *
 * @param name what it is called
 * @param kind who may enter
 * @param topic what it is about; may be empty
 * @param archived whether it can only be read
 */
public record Room(RoomName name, Kind kind, String topic, boolean archived) {

    /** Who may enter a room. */
    public enum Kind {
        /** Everybody who may come in at all. */
        OPEN,
        /** Members only; to everybody else it does not exist. */
        CLOSED,
        /** Two people; the same two always have the same one. */
        DIRECT
    }
}
