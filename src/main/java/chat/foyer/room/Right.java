package chat.foyer.room;

/** What somebody may do in a room. */
public enum Right {
    /** Read what is said and hear what is going to be said. */
    READ,
    /** Say something; change and delete what one has said. */
    POST,
    /** Delete what others said, invite and remove people. */
    MODERATE,
    /** Rename the room, change its topic and doors, give roles, archive it. */
    ADMINISTER
}
