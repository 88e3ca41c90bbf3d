package chat.foyer.testing.checker;

import java.util.List;
import java.util.OptionalLong;

/**
 * What one client did and saw in one room, over all its connections. Immutable.
 *
 * @param name for people
 * @param author the id of its user
 * @param said what it wanted to say
 * @param answers what the server told it is stored
 * @param visits its connections, one after the other
 */
public record ClientLog(String name, String author, List<Said> said, List<Answer> answers, List<Visit> visits) {

    /** Something the client wanted to say. */
    public record Said(String ref, String body) {}

    /** The server's word that a ref is stored, and where. */
    public record Answer(String ref, String id, long seq) {}

    /**
     * One connection.
     *
     * @param after the number after which it was promised everything
     * @param resync when the server could not keep that promise and said so: after which number it is kept
     * @param seen what it was told, in the order of arrival
     */
    public record Visit(long after, OptionalLong resync, List<Entry> seen) {}
}
