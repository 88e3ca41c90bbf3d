package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes several server processes behave as one: named mailboxes (<em>channels</em>) and named sets of them
 * (<em>groups</em>).
 *
 * <p>Thread-safe, and no verb waits: what takes time completes the returned stage, on a thread of the layer, so what
 * follows there must not block; {@link #blocking()} is for ordinary code. A name, an event or an argument that is wrong is
 * refused at once with an {@link IllegalArgumentException}; what depends on the state of the world completes the stage with
 * a {@link ChannelException}.
 *
 * <p>An event is a JSON object of at most {@value #MAX_EVENT_BYTES} bytes of UTF-8. Delivery is at most once, and first in,
 * first out for each channel with one sender and one receiver; an event goes to one of several receivers. It is given up
 * when nobody receives it for {@linkplain LayerOptions#expiry() a minute}. Names hold 1 to 100 ASCII letters, digits,
 * {@code -}, {@code _} and {@code .}; see {@link ChannelNames}.
 *
 * <p>The contract is {@code docs/channel-layer.md}, after the channel layers of Django Channels (ASGI channel layer
 * specification); every implementation passes the suite {@code ChannelLayerContract}.
 */
public interface ChannelLayer extends AutoCloseable {

    /** The largest event, as JSON in UTF-8. */
    int MAX_EVENT_BYTES = 1024 * 1024;

    /**
     * Puts an event into a channel; completes when it is there.
     *
     * <p>Completes with a {@link ChannelFullException} when the channel holds as many unread events as it may, and with a
     * {@link LayerUnavailableException} when the other side cannot be reached.
     *
     * @throws EventTooLargeException when it is larger than {@link #MAX_EVENT_BYTES}
     */
    CompletionStage<Void> send(String channel, JsonObject event);

    /**
     * Completes with the next event of a channel: any that is no other process's own. Several waiting receivers are served in
     * turn, on one node and on several. Cancelling a waiting receive loses nothing.
     */
    CompletableFuture<JsonObject> receive(String channel);

    /** {@link #newChannel(String)} with the prefix {@code specific}. */
    default String newChannel() {
        return newChannel("specific");
    }

    /**
     * The name of a new channel of this process: {@code <prefix>.<node>!<random>}. Every process may send to it, only this one
     * receives from it. It needs no closing: what nobody uses any more is forgotten.
     */
    String newChannel(String prefix);

    /**
     * The same, for a channel that keeps so many unread events, whatever the options of the layer say, and is kept until the
     * layer closes.
     */
    String newChannel(String prefix, int capacity);

    /**
     * Adds a channel to a group; adding it twice is adding it once.
     *
     * <p>It is a member until it is discarded, or until {@linkplain LayerOptions#groupExpiry() a day} after it was last added;
     * a channel of this process remains one as long as somebody receives from it.
     *
     * <p>Completes when the group's events reach the channel. While the bus is down it completes at once for a channel of this
     * process, and the membership is made good when the bus is back.
     */
    CompletionStage<Void> groupAdd(String group, String channel);

    /** Takes a channel out of a group; for a channel that is not in it, nothing happens. */
    CompletionStage<Void> groupDiscard(String group, String channel);

    /**
     * Sends an event to every member of a group, on every node; completes when the bus has taken it. Never fails for a member
     * that is full: that member alone loses the event, and the log says how many did.
     *
     * <p>Completes with a {@link LayerUnavailableException} when the event was given up since the bus is away.
     *
     * @throws EventTooLargeException when it is larger than {@link #MAX_EVENT_BYTES}
     */
    CompletionStage<Void> groupSend(String group, JsonObject event);

    /**
     * Empties this layer: completes when no event and no group is left that this process or the bus holds, and all other
     * processes have been told to forget theirs. For tests.
     */
    CompletionStage<Void> flush();

    /**
     * Names of channels that lie on all the hosts of the bus, one on each, the same on all nodes: this one and, where there are
     * several hosts, others that begin with it.
     */
    default List<String> onEachHost(String channel) {
        return List.of(ChannelNames.requireChannel(channel));
    }

    /** Whether this layer reaches other nodes right now. */
    BusStatus status();

    /** What is to be told when the bus is lost and when it is back; on a bus within this process nothing ever is. */
    void onConnectionChange(ConnectionWatcher watcher);

    /** The same verbs for code that may wait. */
    default BlockingChannelLayer blocking() {
        return new BlockingChannelLayer(this);
    }

    /** Ends threads and connections; waiting receives complete with a {@link LayerClosedException}. */
    @Override
    void close();
}
