package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Mailboxes outside of this process: where events wait that any process may receive, and those for processes other than the
 * sender's. What a bus implements for a {@link MailboxReader}, whose one thread alone takes and gives back.
 */
public interface RemoteMailboxes {

    /**
     * An event that is in no mailbox any more.
     *
     * @param channel its whole name
     * @param lifeNanos how long it has to go
     * @param receipt what {@link #giveBack} needs to know
     */
    record Taken(String channel, JsonObject event, long lifeNanos, Object receipt) {}

    /**
     * Takes events out of these mailboxes, out of each in order and at most so many as is said of it; waits for the first a
     * while, at least until {@link #wake()}. A mailbox that stands earlier is asked earlier. With no mailbox at all it only
     * waits. When the bus is away it waits for it, and is woken no less.
     *
     * @return what was taken, perhaps nothing
     */
    List<Taken> take(Map<String, Integer> wanted) throws InterruptedException;

    /**
     * Puts an event back where it was taken from, before all others, since nobody waits for it any more. That happens while the
     * layer closes, too, and then another process must find it.
     */
    void giveBack(Taken taken);

    /** Lets {@link #take} return soon, also one that has not begun yet; never waits. */
    void wake();
}
