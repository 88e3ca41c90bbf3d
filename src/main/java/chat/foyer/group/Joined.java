package chat.foyer.group;

import chat.foyer.message.Message;
import java.util.List;
import java.util.Optional;

/** Hears where the room stood when a connection joined it, and welcomes the connection. */
@FunctionalInterface
public interface Joined {
    /**
     * Called once, on the room's drain task or not at all when the connection was closed; must not block.
     *
     * @param head the number of the last change before: from the next on the connection sees every change
     * @param missed the changes after those it knows, up to the head; empty when they cannot be told one by one
     */
    void at(long head, Optional<List<Message>> missed);
}
