package chat.foyer.reading;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.database.Database;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.OneAtATime;
import chat.foyer.group.PersonStream;
import chat.foyer.group.Threads;
import chat.foyer.message.CommitListener;
import chat.foyer.message.Committed;
import chat.foyer.message.Message;
import chat.foyer.presence.Presence;
import chat.foyer.presence.PresenceListener;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.room.RoomName;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Tells people over their streams what there is to read in all their rooms, and writes down what they have seen. Thread-safe;
 * no method waits but {@link #rooms}, {@link #choose} and {@link #forget}.
 *
 * <p>Invariants. Only the pass reads the database and tells streams, one pass at a time; so what a stream is told only gets
 * newer, in whatever order nodes and commits report. What is reported says where to look, never what is there: it is kept
 * until a pass that begins later has looked, and a reader is known before its rooms are read, so nothing that happens
 * meanwhile is missed. Reports that were lost are made good by looking at everybody from time to time, and at once
 * after this node may have missed some.
 *
 * <p>A message costs a busy room here one row a second on each node, however many people have it in their list: how many
 * messages they have read is known, so what is unread is a difference.
 */
@ApplicationScoped
public class Sidebars implements CommitListener, PresenceListener {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Sidebars.class), 1);
    private static final String GROUP = "sidebars";
    private static final int EVENTS_KEPT = 1_000;
    private static final int NAMES_PER_EVENT = 300;
    private static final int PEOPLE_PER_QUERY = 100;
    private static final int REPORTS_KEPT = 20_000; // strangers on the bus may report what they like

    private static final long TICK_MILLIS = 50;
    private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ANNOUNCEMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** One look at everybody is spread over so many, while reports arrive, and while there is no bus for them. */
    private static final int LOOKS_FOR_ALL = 30;

    private static final int LOOKS_FOR_ALL_ALONE = 5;

    @Inject
    ChannelLayer layer;

    @Inject
    Database database;

    @Inject
    GroupRegistry groups;

    @Inject
    Presence presence;

    @Inject
    ReadingStore store;

    @Inject
    Threads threads;

    private final Queue<PersonStream> arrivals = new ConcurrentLinkedQueue<>();
    private final Paced<Mark.Seat, Mark> marks = new Paced<>(PACE_NANOS, Mark::and);
    private final Paced<RoomName, News> rooms = new Paced<>(PACE_NANOS, News::and);
    private final Paced<String, Boolean> people = new Paced<>(PACE_NANOS, Boolean::logicalOr);
    private final Paced<RoomName, News> roomsToAnnounce = new Paced<>(ANNOUNCEMENT_NANOS, News::and);
    private final Paced<String, Boolean> peopleToAnnounce = new Paced<>(ANNOUNCEMENT_NANOS, Boolean::logicalOr);

    private final Set<String> turned = ConcurrentHashMap.newKeySet(); // who came, went, or is away

    private final Map<String, Reader> readers = new ConcurrentHashMap<>(); // written by the pass alone
    private final Runnable pass = new OneAtATime(this::pass);
    private volatile boolean mayHaveMissed; // reports
    private ScheduledFuture<?> ticking;
    private String channel;

    // these belong to the pass
    private final Map<RoomName, Set<Reader>> watching = new HashMap<>();
    private boolean listening; // to other nodes
    private long lookedAt = System.nanoTime();
    private int looks;
    private boolean heardReports;

    @PostConstruct
    void start() {
        channel = layer.newChannel("sidebars", EVENTS_KEPT);
        receive();
        ticking = threads.clock().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on the stream is told of all rooms of its person; ends when it has left the registry. */
    public void join(PersonStream stream) {
        arrivals.add(stream);
    }

    /** Somebody has opened a room: if it is open to all it is one of theirs from now on. */
    public void entered(String person, RoomName room) {
        marks.add(new Mark.Seat(person, room), new Mark(0, true));
    }

    /** Somebody has seen a room up to this place. @param back whether they want to see again what was said after it */
    public void seen(String person, RoomName room, long place, boolean back) {
        marks.add(new Mark.Seat(person, room), new Mark(place, false, back));
    }

    /** These people have other rooms than before. */
    public void changed(Collection<String> who) {
        people.addAll(who, true);
        if (sharesDatabase()) {
            peopleToAnnounce.addAll(who, true);
        }
    }

    /** The rooms of somebody, by name; waits for the database. */
    public List<ServerFrame.RoomListed> rooms(String person) {
        return store.roomsOf(List.of(person)).get(person).stream()
                .filter(MyRoom::listed)
                .map(this::attended)
                .map(MyRoom::asListed)
                .toList();
    }

    private MyRoom attended(MyRoom room) {
        return room.attended(room.with().map(other -> presence.online(other.id())));
    }

    @Override
    public void presenceChanged(Set<String> users) {
        if (!readers.isEmpty()) {
            turned.addAll(users);
        }
    }

    /** Of what in this room the person wants to be told from now on; waits for the database. */
    public void choose(String person, RoomName room, Level level) {
        store.choose(person, room, level);
        changed(List.of(person));
    }

    /** Takes an open room whose member the person is not from their list; waits for the database. */
    public void forget(String person, RoomName room) {
        if (store.forget(person, room)) {
            changed(List.of(person));
        }
    }

    /** Who says something has seen what was said before. */
    @Override
    public void committed(List<Committed> changes) {
        boolean shared = sharesDatabase();
        boolean watched = !readers.isEmpty();
        Map<RoomName, News> reports = new HashMap<>();
        for (Committed each : changes) {
            Message change = each.message();
            if (shared || watched) {
                reports.merge(change.room(), News.of(change), News::and);
            }
            if (!change.author().guest() && !each.imported()) {
                authored(change);
            }
        }
        if (watched) {
            rooms.addAll(reports);
        }
        if (shared) {
            roomsToAnnounce.addAll(reports);
        }
    }

    private void authored(Message change) {
        switch (change.kind()) {
            case POSTED -> marks.add(new Mark.Seat(change.author().id(), change.room()), new Mark(change.seq(), true));
            case NOTED -> {
                Set<String> concerned =
                        new LinkedHashSet<>(Set.of(change.author().id()));
                change.note().flatMap(note -> note.subject()).ifPresent(subject -> concerned.add(subject.id()));
                changed(concerned);
            }
            default -> {
                // an edit shows nothing of what its author has read
            }
        }
    }

    private boolean sharesDatabase() {
        return !database.embedded() && layer.status().spansNodes();
    }

    private void receive() {
        CompletableFuture<JsonObject> next = layer.receive(channel).toCompletableFuture();
        while (next.isDone() && !next.isCompletedExceptionally()) {
            heard(next.join());
            next = layer.receive(channel).toCompletableFuture();
        }
        next.thenAccept(event -> {
            heard(event);
            receive();
        });
    }

    private void heard(JsonObject event) {
        try {
            Announcement heard = Announcement.of(event);
            if (heard.sender().equals(channel)) {
                return;
            }
            if (!readers.isEmpty() && rooms.size() < REPORTS_KEPT) {
                rooms.addAll(heard.rooms());
            }
            heard.people().stream().filter(readers::containsKey).forEach(person -> people.add(person, true));
        } catch (RuntimeException e) { // whatever a stranger on the bus sends, the next event must still be read
            LOG.warn("Ignored an event on the bus that says nothing of rooms and people: {}", e.toString());
        }
    }

    private void tick() {
        boolean toDo = !arrivals.isEmpty()
                || marks.size() + rooms.size() + people.size() > 0
                || !turned.isEmpty()
                || roomsToAnnounce.size() + peopleToAnnounce.size() > 0
                || !readers.isEmpty() && System.nanoTime() - lookedAt >= LOOK_NANOS;
        if (toDo) {
            threads.readers().execute(pass);
        }
    }

    private void pass() {
        long now = System.nanoTime();
        guarded(() -> look(now));
        guarded(this::admit);
        guarded(() -> writeMarks(marks.takeDue(now)));
        guarded(() -> announce(now));
        guarded(() -> lookAtRooms(rooms.takeDue(now)));
        guarded(() -> lookAtPeople(people.takeDue(now).keySet()));
        guarded(this::lookWhoIsThere);
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) { // the other steps must be taken
            LOG.warn("The lists of rooms could not be looked after: {}", e);
        }
    }

    /** Reports get lost: looks at some people, or at all who may have been missed, and at the size of every room. */
    private void look(long now) {
        long since = now - lookedAt;
        if (since < LOOK_NANOS) {
            return;
        }
        lookedAt = now;
        readers.values().removeIf(reader -> {
            boolean gone = reader.leftBy(stream -> !groups.has(stream));
            if (gone) {
                reader.rooms().forEach(room -> unwatch(room, reader));
            }
            return gone;
        });
        if (database.embedded()) {
            return; // there is nobody else who could have changed anything
        }
        BusStatus bus = layer.status();
        boolean heardBefore = heardReports;
        heardReports = bus.connected();
        boolean everybody =
                bus.spansNodes() && !(heardBefore && heardReports) || since > STANDSTILL_NANOS || mayHaveMissed;
        mayHaveMissed = false;
        int parts = everybody ? 1 : bus.spansNodes() ? LOOKS_FOR_ALL : LOOKS_FOR_ALL_ALONE;
        int turn = looks++ % parts;
        readers.keySet().stream()
                .filter(id -> Math.floorMod(id.hashCode(), parts) == turn)
                .forEach(id -> people.add(id, true));
        Set<RoomName> idle = rooms.idle(watching.keySet(), now);
        if (!idle.isEmpty()) { // and not by reports of our own, which would hold up the next real ones for a second
            store.sizes(idle).forEach((room, size) -> {
                if (grown(room, size)) {
                    rooms.done(room, now);
                }
            });
        }
    }

    private void admit() {
        for (PersonStream stream = arrivals.poll(); stream != null; stream = arrivals.poll()) {
            String id = stream.user().id();
            readers.computeIfAbsent(id, Reader::new).arrives(stream);
            people.add(id, true);
        }
        if (!listening && !readers.isEmpty()) {
            listening = true;
            layer.groupAdd(GROUP, channel).thenRun(() -> mayHaveMissed = true);
        }
    }

    private void writeMarks(Map<Mark.Seat, Mark> due) {
        if (due.isEmpty()) {
            return;
        }
        Set<Mark.Seat> changed;
        try {
            changed = store.write(due);
        } catch (RuntimeException e) {
            marks.putBack(due);
            throw e;
        }
        Set<String> who = new HashSet<>();
        changed.forEach(seat -> who.add(seat.person()));
        if (sharesDatabase()) {
            peopleToAnnounce.addAll(who, true);
        }
        Map<Boolean, List<Mark.Seat>> here = new HashMap<>(); // by whether the room is in the list already
        due.keySet().stream()
                .filter(seat -> readers.containsKey(seat.person()))
                .forEach(seat -> here.computeIfAbsent(
                                readers.get(seat.person()).has(seat.room()), known -> new ArrayList<>())
                        .add(seat));
        here.getOrDefault(false, List.of()).stream()
                .filter(changed::contains)
                .forEach(seat -> people.add(seat.person(), true));
        readAgain(here.getOrDefault(true, List.of()));
    }

    private void readAgain(Collection<Mark.Seat> seats) {
        List<String> who = seats.stream().map(Mark.Seat::person).distinct().toList();
        Set<RoomName> where = new HashSet<>();
        seats.forEach(seat -> where.add(seat.room()));
        for (List<String> some : portions(who)) {
            store.roomsOf(some, where)
                    .forEach((person, found) -> found.stream()
                            .filter(room -> readers.get(person).has(room.name()))
                            .filter(room -> !marks.contains(new Mark.Seat(person, room.name())))
                            .forEach(room -> readers.get(person).read(attended(room))));
        }
    }

    private static List<List<String>> portions(Collection<String> who) {
        List<String> all = List.copyOf(who);
        List<List<String>> portions = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PEOPLE_PER_QUERY) {
            portions.add(all.subList(from, Math.min(all.size(), from + PEOPLE_PER_QUERY)));
        }
        return portions;
    }

    private void announce(long now) {
        Map<RoomName, News> where = roomsToAnnounce.takeDue(now);
        List<String> who = List.copyOf(peopleToAnnounce.takeDue(now).keySet());
        Map<RoomName, News> some = new HashMap<>();
        for (Map.Entry<RoomName, News> each : where.entrySet()) {
            some.put(each.getKey(), each.getValue());
            if (some.size() == NAMES_PER_EVENT) {
                send(new Announcement(channel, some, List.of()));
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            send(new Announcement(channel, some, List.of()));
        }
        for (int from = 0; from < who.size(); from += NAMES_PER_EVENT) {
            send(new Announcement(channel, Map.of(), who.subList(from, Math.min(who.size(), from + NAMES_PER_EVENT))));
        }
    }

    private void send(Announcement announcement) {
        layer.groupSend(GROUP, announcement.toEvent());
    }

    private void lookAtRooms(Map<RoomName, News> reports) {
        Map<RoomName, News> due = new HashMap<>(reports);
        due.keySet().removeIf(room -> !watching.containsKey(room) && !room.isDirect());
        if (due.isEmpty()) {
            return;
        }
        try {
            lookForConversations(due.keySet());
            Set<RoomName> grown = new HashSet<>();
            Set<Mark.Seat> mentioning = new HashSet<>();
            due.forEach((room, news) -> {
                switch (news) {
                    case SAID -> grown.add(room);
                    case MENTIONED ->
                        watching.get(room).forEach(reader -> mentioning.add(new Mark.Seat(reader.id(), room)));
                    case DOORS -> watching.get(room).forEach(reader -> people.add(reader.id(), true));
                }
            });
            if (!grown.isEmpty()) {
                store.sizes(grown).forEach(this::grown);
            }
            readAgain(mentioning);
        } catch (RuntimeException e) {
            rooms.putBack(due);
            throw e;
        }
    }

    /** A conversation may have begun with somebody here who does not know of it yet; the other one may be here, too. */
    private void lookForConversations(Set<RoomName> due) {
        List<RoomName> known = due.stream().filter(watching::containsKey).toList();
        List<RoomName> notByBoth = due.stream()
                .filter(RoomName::isDirect)
                .filter(room -> watching.getOrDefault(room, Set.of()).size() < 2)
                .toList();
        if (!notByBoth.isEmpty()) {
            store.seatsIn(notByBoth).stream()
                    .filter(seat -> readers.containsKey(seat.person()))
                    .filter(seat -> !readers.get(seat.person()).has(seat.room()))
                    .forEach(seat -> people.add(seat.person(), true));
        }
        due.retainAll(known);
    }

    /** Who has said something themselves hears of it when it is written down that they have seen it. */
    private boolean grown(RoomName room, ReadingStore.Size size) {
        boolean news = false;
        for (Reader reader : watching.get(room)) {
            if (!marks.contains(new Mark.Seat(reader.id(), room))) {
                news |= reader.grown(room, size.head(), size.posts());
            }
        }
        return news;
    }

    private void lookAtPeople(Collection<String> who) {
        List<String> here = who.stream().filter(readers::containsKey).toList();
        for (List<String> some : portions(here)) {
            try {
                store.roomsOf(some).forEach(this::read);
            } catch (RuntimeException e) {
                here.forEach(this::notRead);
                throw e;
            }
        }
    }

    private void read(String person, List<MyRoom> all) {
        Reader reader = readers.get(person);
        Collection<RoomName> before = reader.rooms();
        reader.read(all.stream().map(this::attended).toList());
        before.stream().filter(room -> !reader.has(room)).forEach(room -> unwatch(room, reader));
        all.forEach(room ->
                watching.computeIfAbsent(room.name(), name -> new HashSet<>()).add(reader));
    }

    /** Taken before they are asked after: who turns meanwhile is looked at again. */
    private void lookWhoIsThere() {
        Set<String> some = Set.copyOf(turned);
        turned.removeAll(some);
        if (!some.isEmpty()) {
            readers.values().forEach(reader -> reader.with(some).forEach(room -> reader.read(attended(room))));
        }
    }

    private void unwatch(RoomName room, Reader reader) {
        watching.computeIfPresent(room, (name, all) -> {
            all.remove(reader);
            return all.isEmpty() ? null : all;
        });
    }

    /** Who waits for the list comes again; the others keep what they were told and hear the rest later. */
    private void notRead(String person) {
        people.add(person, true);
        readers.get(person)
                .arriving()
                .forEach(stream -> stream.outbox().close(Fault.UNAVAILABLE, Fault.UNAVAILABLE.sentence()));
    }

    /** What was seen and not written down yet is written now. */
    @PreDestroy
    void stop() {
        ticking.cancel(false);
        guarded(() -> {
            Map<Mark.Seat, Mark> last = marks.takeAll();
            if (!last.isEmpty()) {
                store.write(last);
            }
        });
    }
}
