package chat.foyer.group;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.database.Database;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.message.Change;
import chat.foyer.message.CommitListener;
import chat.foyer.message.Committed;
import chat.foyer.message.Message;
import chat.foyer.message.MessageLog;
import chat.foyer.message.MessageStore;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.room.RoomName;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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
public class GroupRegistry implements CommitListener {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(GroupRegistry.class), 1);
    private static final long SWEEP_SECONDS = 1;
    private static final long KEPT_OPEN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long BUS_PATIENCE_MILLIS = 250; // then a room opens without it
    private static final long HINT_PATIENCE_MILLIS = 50;
    private static final int GAP_PAGE = 1_000;
    private static final int CATCH_UP_PAGE = 100;

    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(3); // by so much a sweep after it is late
    private static final int SWEEPS_PER_HEAD_CHECK = 5;
    private static final int SWEEPS_PER_AGE = 30;

    @Inject
    ChannelLayer layer;

    @Inject
    Threads threads;

    @Inject
    MessageStore store;

    @Inject
    Database database;

    @Inject
    Instance<MessageLog> log;

    @Inject
    @Any
    Instance<SocketListener> listeners;

    private final ConcurrentHashMap<RoomName, Entry> rooms = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Runnable headCheck = new OneAtATime(this::checkHeads);
    private HintExchange hints;
    private ScheduledFuture<?> sweeping;

    // these belong to the sweep
    private int sweeps;
    private long sweptAt = System.nanoTime();
    private boolean heardHints;

    /** A room with listeners here, or lately; its fields change only inside {@code compute} of the room's key. */
    private static final class Entry {
        final RoomFeed feed;
        final CompletableFuture<Void> listed;
        final CompletableFuture<Void> ready;
        int listeners;
        long idleSince = System.nanoTime();

        Entry(RoomFeed feed, CompletableFuture<Void> listed, CompletableFuture<Void> ready) {
            this.feed = feed;
            this.listed = listed;
            this.ready = ready;
        }
    }

    @PostConstruct
    void start() {
        hints = new HintExchange(layer, database, new Others());
        hints.start();
        sweeping = threads.clock().scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** What the other nodes tell this one. */
    private final class Others implements HintExchange.Listener {
        @Override
        public void show(Message message) {
            showHere(message);
        }

        @Override
        public void head(RoomName room, long head) {
            headIs(room, head);
        }

        @Override
        public void importForeign(Change.Import change) {
            log.get().submit(change);
        }
    }

    /**
     * Puts the node into the room's group and finds out where the room stands, ahead of a first connection. The stage
     * completes when every change from then on reaches this node (while the bus is away: will be found by the heads),
     * exceptionally when the database is away.
     */
    public CompletionStage<Void> prepare(RoomName room) {
        return listed(rooms.compute(room, (name, entry) -> {
                    Entry kept = entry == null || entry.ready.isCompletedExceptionally() ? open(name, entry) : entry;
                    kept.idleSince = System.nanoTime();
                    return kept;
                }))
                .ready;
    }

    /** The entry is in the map now, so what commits from now on is shown to its feed. */
    private static Entry listed(Entry entry) {
        entry.listed.complete(null);
        return entry;
    }

    /**
     * The head is read after the bus has confirmed and the entry is listed: what commits later is announced or shown, what
     * committed before is in the head.
     */
    private Entry open(RoomName room, Entry failed) {
        RoomFeed feed = failed == null ? new RoomFeed(threads.drainers(), new RoomPast(room)) : failed.feed;
        CompletableFuture<Void> listed = new CompletableFuture<>();
        CompletableFuture<Void> ready = layer.groupAdd(room.group(), hints.nodeChannel())
                .toCompletableFuture()
                .copy() // the layer's own must not look confirmed
                .completeOnTimeout(null, BUS_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .runAfterBothAsync(listed, () -> feed.start(store.head(room)), threads.readers());
        Entry entry = new Entry(feed, listed, ready);
        if (failed != null) {
            entry.listeners = failed.listeners;
        }
        return entry;
    }

    /** How the feed of a room reads the log. */
    private final class RoomPast implements RoomFeed.Past {
        private final RoomName room;

        RoomPast(RoomName room) {
            this.room = room;
        }

        @Override
        public void later(Runnable gapDue) {
            threads.clock().schedule(gapDue, hearsHints() ? HINT_PATIENCE_MILLIS : 0, TimeUnit.MILLISECONDS);
        }

        @Override
        public void readGap(RoomFeed feed, long after) {
            threads.readers().execute(() -> {
                try {
                    feed.gapRead(store.changesAfter(room, after, GAP_PAGE));
                } catch (RuntimeException | Error e) {
                    LOG.warn("A gap in room {} could not be read: {}", room, e);
                    feed.gapNotRead();
                }
            });
        }

        @Override
        public void readRecent(RoomFeed feed) {
            threads.readers().execute(() -> {
                try {
                    feed.recentRead(store.latest(room, Recent.MESSAGES));
                } catch (RuntimeException | Error e) {
                    LOG.warn("The latest messages of room {} could not be read: {}", room, e);
                    feed.recentNotRead();
                }
            });
        }

        /** Waits until the member has read what it has, then tells it the next page from the log. */
        @Override
        public void catchUp(RoomFeed feed, Connection member, long after) {
            member.outbox().whenDrained(() -> threads.readers().execute(() -> tellMissed(feed, member, after)));
        }

        private void tellMissed(RoomFeed feed, Connection member, long after) {
            try {
                Changes missed = store.changesAfter(room, after, CATCH_UP_PAGE);
                long told = member.catchUp(after, missed);
                if (member.hasEnded()) {
                    return; // it leaves when its socket has closed
                }
                if (told < missed.completeUpTo()) {
                    catchUp(feed, member, told);
                } else {
                    feed.rejoin(member, told);
                }
            } catch (RuntimeException | Error e) {
                LOG.warn("What a slow client missed in room {} could not be read: {}", room, e);
                member.outbox().close(Fault.UNAVAILABLE, Fault.UNAVAILABLE.sentence());
            }
        }
    }

    /**
     * From now on the connection sees every change of its room.
     *
     * @param knows the number up to which it knows the room; empty when it wants to hear nothing of the past
     */
    public void join(Connection connection, OptionalLong knows, Joined joined) {
        listed(rooms.compute(connection.room(), (name, entry) -> {
            Entry kept = entry == null ? open(name, null) : entry;
            connections.add(connection);
            listeners.forEach(listener -> listener.entered(connection));
            kept.listeners++;
            kept.feed.join(connection, knows, joined);
            return kept;
        }));
    }

    /** From now on it is one of the node's open sockets. */
    public void join(PersonStream stream) {
        listeners.forEach(listener -> listener.entered(stream));
        connections.add(stream);
    }

    /** Whether it has joined and not left. */
    public boolean has(Socket socket) {
        return connections.contains(socket);
    }

    /** Forgets the socket; false when it was forgotten before. */
    public boolean leave(Socket socket) {
        if (!connections.remove(socket)) {
            return false;
        }
        if (socket instanceof Connection connection) {
            rooms.computeIfPresent(connection.room(), (name, entry) -> {
                entry.feed.leave(connection);
                entry.listeners--;
                entry.idleSince = System.nanoTime();
                return entry;
            });
        }
        listeners.forEach(listener -> listener.left(socket));
        return true;
    }

    /** Shows what was committed: here at once, on other nodes through the channel layer. */
    @Override
    public void committed(List<Committed> changes) {
        changes.forEach(change -> showHere(change.message()));
        hints.tellOthers(changes);
    }

    private void showHere(Message message) {
        Entry entry = rooms.get(message.room());
        if (entry != null) {
            entry.feed.show(message);
        }
    }

    /**
     * Tells those members of a room on this node, as far as they speak the rich wire, something that has no number and is
     * not kept. Whoever reads too slowly misses it.
     */
    public void tell(RoomName room, ServerFrame event, Predicate<Connection> whom) {
        Entry entry = rooms.get(room);
        if (entry != null) {
            entry.feed.tell(event, whom);
        }
    }

    private void headIs(RoomName room, long head) {
        Entry entry = rooms.get(room);
        if (entry != null) {
            entry.feed.head(head);
        }
    }

    private void sweep() {
        try {
            sweepIdleRooms();
            if (++sweeps % SWEEPS_PER_AGE == 0) {
                rooms.values().forEach(entry -> entry.feed.age());
            }
            hints.announceHeads();
            if (timeToCheckHeads()) {
                threads.readers().execute(headCheck);
            }
        } catch (RuntimeException | Error e) { // either would end the schedule for ever
            LOG.warn("The rooms could not be looked after: {}", e);
        }
    }

    /**
     * While there are no hints, always; once more when they begin again, and when the process had been stopped; else from
     * time to time, should a last hint and the announcement after it have been lost, or a commit have been in doubt. An
     * embedded database has no other writer, so there hints do not matter.
     */
    private boolean timeToCheckHeads() {
        long now = System.nanoTime();
        boolean stood = now - sweptAt > STANDSTILL_NANOS;
        sweptAt = now;
        boolean heardBefore = heardHints;
        heardHints = hearsHints();
        boolean hintsMissed = !database.embedded() && (stood || !heardBefore || !heardHints);
        return hintsMissed || sweeps % SWEEPS_PER_HEAD_CHECK == 0;
    }

    private void sweepIdleRooms() {
        long now = System.nanoTime();
        for (RoomName room : rooms.keySet()) {
            rooms.computeIfPresent(room, (name, entry) -> {
                if (entry.listeners > 0 || now - entry.idleSince < KEPT_OPEN_NANOS) {
                    return entry;
                }
                layer.groupDiscard(name.group(), hints.nodeChannel());
                return null;
            });
        }
    }

    private boolean hearsHints() {
        BusStatus bus = layer.status();
        return bus.connected() && bus.spansNodes();
    }

    /** One query for all rooms: finds a last change whose hint was lost, and everything while there are no hints. */
    private void checkHeads() {
        if (rooms.isEmpty()) {
            return;
        }
        try {
            store.heads(List.copyOf(rooms.keySet())).forEach(this::headIs);
        } catch (RuntimeException e) {
            LOG.warn("The heads of the rooms could not be read: {}", e);
        }
    }

    /** The sockets that are open on this node, as of now. */
    public Collection<Socket> connections() {
        return Collections.unmodifiableCollection(connections);
    }

    /** Closes every socket that is open now, each at a moment of its own within this time, so that no storm follows. */
    public void sendAllAway(Duration time, Fault fault, String sentence) {
        for (Socket connection : connections) {
            long moment = ThreadLocalRandom.current().nextLong(time.toMillis() + 1);
            threads.clock().schedule(() -> connection.outbox().close(fault, sentence), moment, TimeUnit.MILLISECONDS);
        }
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
