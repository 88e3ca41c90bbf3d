package chat.foyer.group;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.database.Database;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.message.Change;
import chat.foyer.message.CommitListener;
import chat.foyer.message.Committed;
import chat.foyer.message.Draft;
import chat.foyer.message.Message;
import chat.foyer.message.MessageLog;
import chat.foyer.message.MessageStore;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.room.RoomName;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
public class GroupRegistry implements CommitListener {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(GroupRegistry.class), 1);
    private static final int NODE_CHANNEL_CAPACITY = 10_000;
    private static final long SWEEP_SECONDS = 1;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long GROUP_MILLIS = 250; // how long a room waits for the bus before it opens without it
    private static final long GAP_MILLIS = 50;
    private static final int GAP_CHANGES = 1_000;
    private static final int CATCH_UP_CHANGES = 100;

    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(3); // a sweep so late tells that the process stood
    private static final int SWEEPS_PER_HEAD_CHECK = 5;
    private static final int SWEEPS_PER_AGE = 30;
    private static final Duration TRUST =
            Duration.ofDays(1); // how wrong the clock of a node with another database may be

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

    private final ConcurrentHashMap<RoomName, Entry> rooms = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private String nodeChannel;
    private byte[] hintKey;
    private ScheduledFuture<?> sweeping;

    // these belong to the sweep
    private int sweeps;
    private long sweptAt = System.nanoTime();
    private boolean heardHints;
    private Map<RoomName, Long> changedBefore = Map.of();

    /** The rooms in which this node stored something, with the head since; those that fell quiet are announced once. */
    private final ConcurrentHashMap<RoomName, Long> changed = new ConcurrentHashMap<>();

    /** A room with listeners here, or lately; its fields change only inside {@code compute} of the room's key. */
    private static final class Entry {
        final RoomFeed feed;
        final CompletableFuture<Void> ready;
        int listeners;
        long idleSince = System.nanoTime();

        Entry(RoomFeed feed, CompletableFuture<Void> ready) {
            this.feed = feed;
            this.ready = ready;
        }
    }

    @PostConstruct
    void start() {
        hintKey = database.hintKey();
        nodeChannel = layer.newChannel("node", NODE_CHANNEL_CAPACITY);
        receive();
        sweeping = threads.clock().scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Puts the node into the room's group and finds out where the room stands, ahead of a first connection. The stage
     * completes when every change from then on reaches this node, exceptionally when the database is away.
     */
    public CompletionStage<Void> prepare(RoomName room) {
        return rooms.compute(room, (name, entry) -> {
                    Entry kept = entry == null || entry.ready.isCompletedExceptionally() ? open(name, entry) : entry;
                    kept.idleSince = System.nanoTime();
                    return kept;
                })
                .ready;
    }

    /** The head is read after the bus has confirmed: what commits later is announced, what committed before is in it. */
    private Entry open(RoomName room, Entry failed) {
        RoomFeed feed = failed == null ? new RoomFeed(threads.drainers(), new FeedLog(room)) : failed.feed;
        CompletableFuture<Void> ready = layer.groupAdd(room.group(), nodeChannel)
                .toCompletableFuture()
                .completeOnTimeout(null, GROUP_MILLIS, TimeUnit.MILLISECONDS)
                .thenRunAsync(() -> feed.start(store.head(room)), threads.readers());
        Entry entry = new Entry(feed, ready);
        if (failed != null) {
            entry.listeners = failed.listeners;
        }
        return entry;
    }

    /** How the feed of a room reads the log. */
    private final class FeedLog implements RoomFeed.Log {
        private final RoomName room;

        FeedLog(RoomName room) {
            this.room = room;
        }

        @Override
        public void later(Runnable gapDue) {
            threads.clock().schedule(gapDue, hearsHints() ? GAP_MILLIS : 0, TimeUnit.MILLISECONDS);
        }

        @Override
        public void read(RoomFeed feed, long after) {
            threads.readers().execute(() -> {
                try {
                    feed.filled(store.changesAfter(room, after, GAP_CHANGES));
                } catch (RuntimeException | Error e) {
                    LOG.warn("A gap in room {} could not be read: {}", room, e);
                    feed.notFilled();
                }
            });
        }

        @Override
        public void recall(RoomFeed feed) {
            threads.readers().execute(() -> {
                try {
                    feed.recalled(store.latest(room, Recent.MESSAGES));
                } catch (RuntimeException | Error e) {
                    LOG.warn("The latest messages of room {} could not be read: {}", room, e);
                    feed.notRecalled();
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
                Changes missed = store.changesAfter(room, after, CATCH_UP_CHANGES);
                long told = member.catchUp(after, missed);
                if (told < missed.upTo()) {
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
        rooms.compute(connection.room(), (name, entry) -> {
            Entry kept = entry == null ? open(name, null) : entry;
            connections.add(connection);
            kept.listeners++;
            kept.feed.join(connection, knows, joined);
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

    /** Shows what was committed: here at once, on other nodes through the channel layer. */
    @Override
    public void committed(List<Committed> changes) {
        boolean othersListen = layer.status().spansNodes();
        Map<RoomName, List<Message>> own = new LinkedHashMap<>();
        for (Committed change : changes) {
            Message message = change.message();
            showHere(message);
            if (othersListen && !change.imported()) {
                own.computeIfAbsent(message.room(), room -> new ArrayList<>()).add(message);
            }
        }
        own.forEach((room, messages) -> {
            // after a retry there may be some among them that were known before
            long head = messages.stream().mapToLong(Message::rev).max().orElseThrow();
            tellOthers(room, messages, changed.merge(room, head, Math::max));
        });
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
            heard(next.join());
            next = layer.receive(nodeChannel).toCompletableFuture();
        }
        next.thenAccept(event -> {
            try {
                heard(event);
            } finally { // whatever happens, or the node would be deaf for ever
                receive();
            }
        });
    }

    private void heard(JsonObject event) {
        try {
            Hint hint = Hint.of(event);
            if (hint.sender().equals(nodeChannel)) {
                return;
            }
            if (hint.epoch().equals(database.epoch())) {
                release(hint, event);
            } else {
                takeOver(hint);
            }
        } catch (RuntimeException e) { // whatever a stranger on the bus sends, the next event must still be read
            LOG.warn("Ignored an event on the bus that is no hint of ours: {}", e.toString());
        }
    }

    private void release(Hint hint, JsonObject event) {
        if (Hint.isSigned(event, hintKey)) {
            hint.changes().forEach(this::showHere);
            Entry entry = rooms.get(hint.room());
            if (entry != null && hint.changes().isEmpty()) {
                entry.feed.head(hint.head());
            }
        } else {
            LOG.warn("Ignored a hint for room {} that is not signed with the key of our database", hint.room());
        }
    }

    /** Nodes with databases of their own still chat: what one stores the others store too, each in its own order. */
    private void takeOver(Hint hint) {
        if (!database.embedded()) {
            LOG.warn("Ignored a hint of another database, {}: all nodes on this bus must share one", hint.epoch());
            return;
        }
        Instant now = Instant.now();
        for (Message message : hint.changes()) {
            boolean sane =
                    message.at().isAfter(now.minus(TRUST)) && message.at().isBefore(now.plus(TRUST));
            if (message.kind() == Message.Kind.POSTED && sane) {
                Draft draft = new Draft(message.ref(), message.body());
                log.get()
                        .submit(new Change.Import(message.room(), message.author(), draft, message.id(), message.at()));
            }
        }
    }

    private void sweep() {
        try {
            sweepIdleRooms();
            if (++sweeps % SWEEPS_PER_AGE == 0) {
                rooms.values().forEach(entry -> entry.feed.age());
            }
            announceHeads();
            if (timeToCheckHeads()) {
                threads.readers().execute(this::checkHeads);
            }
        } catch (RuntimeException e) { // an exception would end the schedule for ever
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
        boolean stood = now - sweptAt > LATE_NANOS;
        sweptAt = now;
        boolean heardBefore = heardHints;
        heardHints = hearsHints();
        boolean hintsMissed = !database.embedded() && (stood || !heardBefore || !heardHints);
        return hintsMissed || sweeps % SWEEPS_PER_HEAD_CHECK == 0;
    }

    /** A lost hint is noticed by the next one of its room; for the last one before a silence this takes its place. */
    private void announceHeads() {
        changedBefore.forEach((room, head) -> {
            if (changed.remove(room, head)) {
                tellOthers(room, List.of(), head);
            }
        });
        changedBefore = Map.copyOf(changed);
    }

    private void tellOthers(RoomName room, List<Message> messages, long head) {
        Hint hint = new Hint(nodeChannel, database.epoch(), room, messages, head);
        layer.groupSend(room.group(), hint.toEvent(hintKey));
    }

    private void sweepIdleRooms() {
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
            store.heads(List.copyOf(rooms.keySet())).forEach((room, head) -> {
                Entry entry = rooms.get(room);
                if (entry != null) {
                    entry.feed.head(head);
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("The heads of the rooms could not be read: {}", e);
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
