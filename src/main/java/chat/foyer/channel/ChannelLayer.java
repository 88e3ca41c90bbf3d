package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletionStage;

/**
 * Makes several server processes behave as one: named mailboxes (<em>channels</em>) and named sets of them
 * (<em>groups</em>).
 *
 * <p>Every verb is asynchronous and thread-safe and never blocks its caller. Delivery is at most once and first in,
 * first out for each channel with one sender and one receiver. An event is an immutable JSON object with a {@code
 * type}. Names hold 1 to 100 ASCII letters, digits, {@code -}, {@code _} and {@code .}; see {@link ChannelNames}.
 * After the channel layers of Django Channels (ASGI channel layer specification).
 */
public interface ChannelLayer extends AutoCloseable {

    /**
     * A new channel of this process that no other has: {@code <prefix>.<node>!<random>}.
     *
     * @param capacity how many unread events it keeps; a further one is lost to it
     */
    String newChannel(String prefix, int capacity);

    /**
     * Completes with the next event of a channel of this process. Two waiting receivers are served in turn, and
     * cancelling a waiting receive loses nothing.
     */
    CompletionStage<JsonObject> receive(String channel);

    /**
     * Adds a channel of this process to a group; adding it twice is adding it once.
     *
     * <p>Completes when the group's events reach this node. While the bus is down it completes at once, and the
     * membership is made good when the bus is back.
     */
    CompletionStage<Void> groupAdd(String group, String channel);

    /** Takes a channel out of a group; for a channel that is not in it, nothing happens. */
    CompletionStage<Void> groupDiscard(String group, String channel);

    /**
     * Sends an event to every member of a group, on every node. Never fails for a member whose mailbox is full: that
     * member alone loses the event, and the log says how many did.
     */
    CompletionStage<Void> groupSend(String group, JsonObject event);

    /** Whether this layer reaches other nodes right now. */
    BusStatus status();

    /** Ends threads and connections; waiting receives complete exceptionally. */
    @Override
    void close();
}
