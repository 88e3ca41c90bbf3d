package chat.foyer.testing.checker;

/**
 * A message in a room as somebody has it, a client or the database. Immutable.
 *
 * @param seq its place in the room
 * @param rev the number of its last change, as far as this party knows
 * @param id its name everywhere
 * @param author the id of the user who said it
 * @param ref the author's own name for it; empty where a deletion has taken it away
 * @param body the text
 */
public record Entry(long seq, long rev, String id, String author, String ref, String body) {}
