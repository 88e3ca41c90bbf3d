package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import java.util.Optional;

/**
 * Up to where a client knows a room. Immutable.
 *
 * @param epoch the database to which the number belongs
 * @param after the number of the last change it has seen
 */
record Cursor(String epoch, long after) {

    /** @throws ChatException ({@link Fault#CURSOR}) when one of the two is missing or the number is none */
    static Optional<Cursor> parse(String epoch, String after) {
        if (epoch == null && after == null) {
            return Optional.empty();
        }
        if (epoch == null || after == null || !after.matches("\\d{1,18}")) {
            throw new ChatException(
                    Fault.CURSOR, "To resume, send epoch and after as the welcome and the last event had them.");
        }
        return Optional.of(new Cursor(epoch, Long.parseLong(after)));
    }
}
