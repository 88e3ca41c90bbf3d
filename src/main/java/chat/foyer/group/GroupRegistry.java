package chat.foyer.group;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.message.Message;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.room.RoomName;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Who is connected to this node, room by room, and the node's membership in the groups of those rooms. Thread-safe; no
 * method waits.
 *
 * <p>Invariant: the node is in a room's group of the channel layer exactly while the room has an entry in {@link
 * #rooms}. Entries are made by {@link #prepare} and {@link #join} and removed by {@link #sweep} alone, each inside one
 * {@code compute} of the room's key, so adds and discards of one group cannot overtake each other. An entry outlives
 * its last connection by some seconds: a page that reloads does not make the node leave and enter the group.
 */
@ApplicationScoped
public class GroupRegistry {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(GroupRegistry.class), 1);
    private static final int NODE_CHANNEL_CAPACITY = 10_000;
    private static final long SWEEP_SECONDS = 1;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Inject
    ChannelLayer layer;

    @Inject
    Threads threads;

    private final ConcurrentHashMap<RoomName, Entry> rooms = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private String nodeChannel;
    private ScheduledFuture<?> sweeping;

    /** A room with listeners here, or lately; its fields change only inside {@code compute} of the room's key. */
    private static final class Entry {
        final RoomFeed feed;
        final CompletionStage<Void> joined;
        int listeners;
        long idleSince = System.nanoTime();

        Entry(RoomFeed feed, CompletionStage<Void> joined) {
            this.feed = feed;
            this.joined = joined;
        }
    }

    @PostConstruct
    void start() {
        nodeChannel = layer.newChannel("node", NODE_CHANNEL_CAPACITY);
        receive();
        sweeping = threads.clock().scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Puts the node into the room's group ahead of a first connection. The stage completes when what other nodes say in
     * the room reaches this one.
     */
    public CompletionStage<Void> prepare(RoomName room) {
        return rooms.compute(room, (name, entry) -> {
                    Entry kept = entry == null ? open(name) : entry;
                    kept.idleSince = System.nanoTime();
                    return kept;
                })
                .joined;
    }

    private Entry open(RoomName room) {
        return new Entry(new RoomFeed(threads.drainers()), layer.groupAdd(room.group(), nodeChannel));
    }

    /** From now on the connection sees what is said in its room; on the rich wire it is greeted first. */
    public void join(Connection connection, ServerFrame greeting) {
        connections.add(connection);
        rooms.compute(connection.room(), (name, entry) -> {
            Entry kept = entry == null ? open(name) : entry;
            kept.listeners++;
            kept.feed.join(connection, greeting);
            return kept;
        });
    }

    /** Forgets the connection; false when it was forgotten before. */
    public boolean leave(Connection connection) {
        if (!connections.remove(connection)) {
            return false;
        }
        rooms.computeIfPresent(connection.room(), (name, entry) -> {
            entry.feed.leave(connection);
            entry.listeners--;
            entry.idleSince = System.nanoTime();
            return entry;
        });
        return true;
    }

    /** Shows a message to everybody in its room: here at once, on other nodes through the channel layer. */
    public void show(Message message) {
        showHere(message);
        layer.groupSend(message.room().group(), RelayedMessage.toEvent(message, nodeChannel));
    }

    private void showHere(Message message) {
        Entry entry = rooms.get(message.room());
        if (entry != null) {
            entry.feed.show(message);
        }
    }

    private void receive() {
        CompletableFuture<JsonObject> next = layer.receive(nodeChannel).toCompletableFuture();
        while (next.isDone() && !next.isCompletedExceptionally()) {
            relayed(next.join());
            next = layer.receive(nodeChannel).toCompletableFuture();
        }
        next.thenAccept(event -> {
            relayed(event);
            receive();
        });
    }

    private void relayed(JsonObject event) {
        try {
            if (!RelayedMessage.isFrom(event, nodeChannel)) {
                showHere(RelayedMessage.toMessage(event));
            }
        } catch (RuntimeException e) { // whatever a stranger on the bus sends, the next event must still be read
            LOG.warn("Ignored an event on the bus that is no message: {}", e.toString());
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (RoomName room : rooms.keySet()) {
            rooms.computeIfPresent(room, (name, entry) -> {
                if (entry.listeners > 0 || now - entry.idleSince < IDLE_NANOS) {
                    return entry;
                }
                layer.groupDiscard(name.group(), nodeChannel);
                return null;
            });
        }
    }

    /** The sockets that are open on this node, as of now. */
    public Collection<Connection> connections() {
        return Collections.unmodifiableCollection(connections);
    }

    /** How many rooms have or lately had listeners on this node. */
    public int roomCount() {
        return rooms.size();
    }

    @PreDestroy
    void stop() {
        sweeping.cancel(false);
        connections.forEach(connection -> connection.outbox().close(Fault.RESTARTING, Fault.RESTARTING.sentence()));
    }
}
