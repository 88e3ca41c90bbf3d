package chat.foyer.presence;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.Seal;
import chat.foyer.database.Database;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.group.Connection;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.Socket;
import chat.foyer.group.SocketListener;
import chat.foyer.group.Threads;
import chat.foyer.message.CommitListener;
import chat.foyer.message.Committed;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.room.Note;
import chat.foyer.room.RoomName;
import chat.foyer.room.RoomStore;
import chat.foyer.user.User;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Who is in which room and who is online, on all nodes together, and who is typing. Thread-safe; no method waits.
 *
 * <p>Invariant: {@link #whereabouts} is used under the lock only, and nothing is told to anybody under it. Changes are told
 * by the clock's one thread alone, so rooms and nodes hear them in the order in which they happened; a tick that finds
 * nothing changed tells nothing.
 */
@ApplicationScoped
public class Presence implements CommitListener, SocketListener {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Presence.class), 1);
    private static final String GROUP = "presence";
    private static final String TYPE = "presence.announced";
    private static final int CHANNEL_CAPACITY = 10_000;
    private static final long TICK_MILLIS = 250;
    private static final long TICKS_PER_SECOND = 1_000 / TICK_MILLIS;
    private static final int TYPISTS_PER_SECOND = 5; // whom a room hears of; people are shown two by name

    @Inject
    ChannelLayer layer;

    @Inject
    Database database;

    @Inject
    RoomStore rooms;

    @Inject
    GroupRegistry groups;

    @Inject
    Threads threads;

    @Inject
    @Any
    Instance<PresenceListener> listeners;

    private String channel;
    private Seal seal;
    private ScheduledFuture<?> ticking;
    private Whereabouts whereabouts;
    private final Company company = new Company();
    private final Map<RoomName, Integer> typists = new HashMap<>(); // of whom rooms were told lately; under the lock

    // these belong to the clock
    private boolean onBus;
    private long ticks;

    @PostConstruct
    void start() {
        rehearse();
        channel = layer.newChannel("presence", CHANNEL_CAPACITY);
        seal = new Seal(database.hintKey());
        whereabouts = new Whereabouts(channel, ChannelNames.random(), database.embedded());
        if (database.embedded()) {
            whereabouts.doors(rooms.closed(), false);
        }
        layer.groupAdd(GROUP, channel);
        receive();
        ticking = threads.clock().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Loads every class that leaving and stopping need: once Payara has begun to stop, it loads no more of ours. */
    private static void rehearse() {
        Whereabouts rehearsed = new Whereabouts("rehearsal", "", false);
        rehearsed.here().enter(rehearsed, new RoomName("rehearsal"), new User("rehearsal", "Rehearsal", true));
        rehearsed.here().leave(rehearsed, 0);
        rehearsed.tick(Here.LINGER_NANOS);
        rehearsed.goodbye().toJson().build();
    }

    /** To be called at start, so that this node knows of the others before its first client comes. */
    public void begin() {
        // CDI has called start() before
    }

    /** Who is in this room. */
    public Attendance in(RoomName room) {
        return in(room, Integer.MAX_VALUE);
    }

    /** Who is in this room; of many, so many. */
    public synchronized Attendance in(RoomName room, int atMost) {
        return whereabouts.roster().attendance(room, atMost);
    }

    /** How much this user is there, in whatever room and on whatever node. */
    public synchronized Status online(String user) {
        return whereabouts.roster().status(user);
    }

    /** Whether other nodes are there, or were when the bus was last. */
    public boolean hasCompany() {
        return company.isThere();
    }

    @Override
    public synchronized void entered(Socket socket) {
        if (socket instanceof Connection connection) {
            whereabouts.here().enter(connection, connection.room(), connection.user());
        } else {
            whereabouts.here().enter(socket, socket.user());
        }
    }

    @Override
    public synchronized void left(Socket socket) {
        whereabouts.here().leave(socket, System.nanoTime());
    }

    /** What becomes of the doors of rooms; an embedded database has no other writer, so this node hears of all of it. */
    @Override
    public void committed(List<Committed> changes) {
        if (database.embedded()) {
            changes.forEach(each -> each.message().note().ifPresent(note -> doors(each, note)));
        }
    }

    private synchronized void doors(Committed change, Note note) {
        Set<RoomName> names = new HashSet<>(Set.of(change.message().room()));
        note.newName().ifPresent(names::add);
        whereabouts.doors(names, change.open());
    }

    /** The client says that nothing has been touched for a while, or that something is again. */
    public synchronized void away(Connection connection, boolean away) {
        whereabouts.here().away(connection, away);
    }

    /** The client says that somebody is writing: the others in the room hear of it, not more often than they can bear. */
    public void typing(Connection connection) {
        Optional<Announcement> announcement;
        synchronized (this) {
            if (!whereabouts.here().types(connection, System.nanoTime())) {
                return;
            }
            announcement = whereabouts.typing(connection.room(), connection.user());
        }
        tell(new Announcement.Typing(connection.room(), connection.user()));
        announcement.filter(said -> hearsOthers()).ifPresent(this::announce);
    }

    private void tell(Announcement.Typing typing) {
        synchronized (this) {
            if (typists.merge(typing.room(), 1, Integer::sum) > TYPISTS_PER_SECOND) {
                return;
            }
        }
        String typist = typing.user().id();
        groups.tell(
                typing.room(),
                new ServerFrame.TypingStarted(typing.user()),
                member -> !member.user().id().equals(typist));
    }

    private void tick() {
        try {
            boolean onBusNow = hearsOthers();
            if (onBusNow) {
                company.listening(System.nanoTime());
            }
            Whereabouts.Due due;
            synchronized (this) {
                if (onBusNow && !onBus) {
                    whereabouts.busIsBack();
                }
                if (++ticks % TICKS_PER_SECOND == 0) {
                    typists.clear();
                }
                due = whereabouts.tick(System.nanoTime());
            }
            onBus = onBusNow;
            if (onBusNow) { // else nobody hears it, and whoever missed it asks later
                due.announcements().forEach(this::announce);
            }
            due.news().forEach((room, news) -> groups.tell(room, news, member -> true));
            if (!due.people().isEmpty()) {
                listeners.forEach(listener -> listener.presenceChanged(due.people()));
            }
        } catch (RuntimeException | Error e) { // either would end the schedule for ever
            LOG.warn("Who is here could not be told: {}", e);
        }
    }

    private boolean hearsOthers() {
        BusStatus bus = layer.status();
        return bus.spansNodes() && bus.connected();
    }

    private void announce(Announcement announcement) {
        JsonObject payload = announcement
                .toJson()
                .add("epoch", database.epoch().toString())
                .add("alone", database.embedded())
                .build();
        layer.groupSend(GROUP, seal.sign(TYPE, payload));
    }

    private void receive() {
        CompletableFuture<JsonObject> next = layer.receive(channel).toCompletableFuture();
        while (next.isDone() && !next.isCompletedExceptionally()) {
            heard(next.join());
            next = layer.receive(channel).toCompletableFuture();
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
            JsonObject payload = Announcement.read(event.getString("payload"));
            Announcement announcement = Announcement.of(payload);
            if (!announcement.node().equals(channel) && isCredible(event, payload)) {
                hear(announcement);
            }
        } catch (RuntimeException e) { // whatever a stranger on the bus sends, the next event must still be read
            LOG.warn("Ignored an event on the bus that does not say who is where: {}", e.toString());
        }
    }

    /**
     * As with hints: nodes with one database sign what they say, and nodes with databases of their own, which exist side by
     * side in trials, believe each other, since they say nothing but who is in open rooms.
     */
    private boolean isCredible(JsonObject event, JsonObject payload) {
        UUID epoch = UUID.fromString(payload.getString("epoch"));
        boolean bothAlone = database.embedded() && payload.getBoolean("alone", false);
        boolean credible = TYPE.equals(event.getString("type", ""))
                && (epoch.equals(database.epoch()) ? seal.isOn(event) : bothAlone);
        if (!credible) {
            LOG.warn("Ignored that somebody is here: it is not signed with the key of our database, {}", epoch);
        }
        return credible;
    }

    private void hear(Announcement announcement) {
        company.heard(System.nanoTime());
        Optional<Announcement.Typing> typing;
        synchronized (this) {
            typing = whereabouts.hear(announcement, System.nanoTime());
        }
        typing.ifPresent(this::tell);
    }

    /** Tells the other nodes that this one stops; to be called while the bus is still open. */
    public void sayGoodbye() {
        ticking.cancel(false);
        Announcement goodbye;
        synchronized (this) {
            goodbye = whereabouts.goodbye();
        }
        if (hearsOthers()) {
            announce(goodbye);
        }
    }

    @PreDestroy
    void stop() {
        ticking.cancel(false);
    }
}
