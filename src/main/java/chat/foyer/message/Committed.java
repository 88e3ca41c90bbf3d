package chat.foyer.message;

/**
 * A change that is true now. Immutable.
 *
 * @param message the message after the change
 * @param imported whether it came from another node's database, which has told the other nodes itself
 * @param open whether everybody may read it
 */
public record Committed(Message message, boolean imported, boolean open) {}
