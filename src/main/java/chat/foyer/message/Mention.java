package chat.foyer.message;

/**
 * Somebody whom a message mentions: they exist, may read the room, and did not write the message. Immutable.
 *
 * @param person the id of the person
 * @param handle how the message calls them, in small letters
 */
public record Mention(String person, String handle) {
    /** Everybody in the room, mentioned by somebody who may do so. */
    public static final Mention EVERYBODY = new Mention("*", Mentions.ROOM);
}
