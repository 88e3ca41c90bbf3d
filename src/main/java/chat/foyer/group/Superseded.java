package chat.foyer.group;

import chat.foyer.message.Message;
import java.util.HashSet;
import java.util.Set;

/**
 * The numbers that a reader of the log has passed without finding a change there, since the message has changed once more.
 * When it comes at last it is an edited one, and yet nobody on the plain wire, which has no edits, has heard of it. Not
 * thread-safe.
 */
final class Superseded {
    private final Set<Long> numbers = new HashSet<>();

    /** Between these two changes nothing was found. */
    void nothingBetween(long told, long next) {
        for (long number = told + 1; number < next; number++) {
            numbers.add(number);
        }
    }

    /** Whether the plain wire is to hear of it: a post, or what became of one that was passed; never what the room notes. */
    boolean isNews(Message message) {
        return !message.deleted()
                && message.note().isEmpty()
                && (message.kind() == Message.Kind.POSTED || numbers.contains(message.seq()));
    }

    void told(Message message) {
        numbers.remove(message.seq());
    }

    /** Everything that was passed has come. */
    void clear() {
        numbers.clear();
    }
}
