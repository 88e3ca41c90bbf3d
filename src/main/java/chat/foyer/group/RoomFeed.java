package chat.foyer.group;

import chat.foyer.fault.Fault;
import chat.foyer.message.Message;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.message.MessageStore.Latest;
import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.protocol.PlainFrame;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.room.Note;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room on this node: who listens here, and the single task that shows them every change once and in the order of its
 * number. Thread-safe; callers only enqueue.
 *
 * <p>Invariants. {@link #pending} counts the steps that are queued or being taken, and exactly while it is above zero
 * one drain task exists; so steps are taken one at a time, in the order in which they were queued, and all other fields
 * belong to the drain task alone. {@link #released} is the number of the last change that was released: a change with
 * the next number is released at once, one with a lower number was released before and is dropped, one with a higher
 * number waits in {@link #early} until the gap is filled, by a late hint or by a read of the log. A read tells up to
 * which number it is complete; numbers missing below it were superseded and will never come.
 *
 * <p>The cut: who may hear nothing beyond a change is not offered anything beyond it, on either wire, live, behind, or while
 * it is told what it missed. Changes are released in order, and the pass with a change that ends members is flushed before
 * they are taken out of everything here and closed; the log tells in order, too, and stops there ({@link
 * Connection#catchUp}). Who joins was let in with regard to all changes up to the number at which the doors were asked:
 * if one that ends anybody was released after that number and before the join, {@link #lastCut} tells, and the doors must
 * be asked anew. The feed begins before they are asked the first time, so no such change precedes its beginning.
 *
 * <p>Messages gather by themselves: what happens during one pass leaves together in the next, encoded once per wire.
 */
final class RoomFeed implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomFeed.class);
    private static final int BATCH_MESSAGES = 64;
    private static final int BATCH_CHARS = 64 * 1024;
    private static final int EARLY_LIMIT = 1_000; // beyond this the log tells it better
    private static final long NOT_STARTED = -1;

    private interface Step {
        void take();
    }

    /** @param news whether the plain wire is to hear of it */
    private record Released(Message message, boolean news) {}

    /** Somebody who becomes a member once it is known what they have missed. */
    private record Arrival(OptionalLong knows, Joined joined) {}

    /** How a feed learns what it has missed. No method may block. */
    interface Past {
        /** Runs this a moment later, when the hint that fills a gap has usually come. */
        void later(Runnable gapDue);

        /** Reads the changes after this number and calls {@link #gapRead} or {@link #gapNotRead} of this feed. */
        void readGap(RoomFeed feed, long after);

        /** Reads the latest changes and calls {@link #recentRead} or {@link #recentNotRead} of this feed. */
        void readRecent(RoomFeed feed);

        /** Tells this member what came after the number, as fast as it reads, and calls {@link #rejoin} of this feed. */
        void catchUp(RoomFeed feed, Connection member, long after);
    }

    private final Executor drainers;
    private final Past past;
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    private final Set<Connection> members = new LinkedHashSet<>();
    private final Set<Connection> behind = new HashSet<>(); // members that read too slowly, and are served from the log
    private final Map<Connection, Long> ahead =
            new HashMap<>(); // were told up to there, which is more than was released
    private final Map<Connection, Arrival> arrivals = new LinkedHashMap<>(); // what they have missed is being read
    private final Recent recent = new Recent();
    private final Superseded superseded = new Superseded();
    private final TreeMap<Long, Message> early = new TreeMap<>();
    private final List<Released> batch = new ArrayList<>();
    private int batchChars;
    private long released = NOT_STARTED;
    private long highestHeard; // of the numbers of changes
    private long lastCut; // the number of the last change that ends members, or that may have been one
    private boolean gapPending; // a hint that fills it is being waited for, or the log is being read
    private boolean readingRecent; // the latest changes are being read
    private long releasedAtLastAge;

    RoomFeed(Executor drainers, Past past) {
        this.drainers = drainers;
        this.past = past;
    }

    /** Begins after this number; what comes before is history. */
    void start(long head) {
        enqueue(() -> {
            if (released == NOT_STARTED) {
                released = head;
                releasedAtLastAge = head;
                lastCut = head;
                recent.start(head);
                releaseEarly();
            }
        });
    }

    /**
     * Makes the connection a member that sees every change after the number it is told, at once or when the log was read.
     *
     * @param knows the number up to which it knows the room; empty when it wants to hear nothing of the past
     */
    void join(Connection connection, OptionalLong knows, Joined joined) {
        enqueue(() -> {
            if (released == NOT_STARTED) {
                sendAway(connection); // the room was closed here between the connection's preparation and its joining
                return;
            }
            if (connection.admittedAt() < lastCut) {
                connection.end(Fault.ACCESS_CHANGED);
                return;
            }
            Arrival arrival = new Arrival(knows, joined);
            if (!welcome(connection, arrival)) {
                arrivals.put(connection, arrival);
                if (!readingRecent) {
                    readingRecent = true;
                    past.readRecent(this);
                }
            }
        });
    }

    /** Whether it could be done from what is known here. */
    private boolean welcome(Connection connection, Arrival arrival) {
        long knows = arrival.knows().orElse(released);
        if (knows > released) {
            return false; // only the log can tell whether there is such a number
        }
        Optional<List<Message>> missed = knows == released ? Optional.of(List.of()) : recent.between(knows, released);
        missed.ifPresent(messages -> makeMember(connection, arrival, missed));
        return missed.isPresent();
    }

    private void makeMember(Connection connection, Arrival arrival, Optional<List<Message>> missed) {
        flush(); // what is in the batch is told as missed, or before its time
        members.add(connection);
        arrival.joined().at(released, missed);
    }

    /** The latest changes were read. */
    void recentRead(Latest latest) {
        enqueue(() -> {
            readingRecent = false;
            recent.fill(latest, released);
            highestHeard = Math.max(highestHeard, latest.head());
            arrivals.forEach((connection, arrival) -> {
                long knows = arrival.knows().orElseThrow();
                if (knows > released && knows <= latest.head()) { // another node has told it what is yet to come here
                    ahead.put(connection, knows);
                    arrival.joined().at(knows, Optional.of(List.of()));
                } else if (!welcome(connection, arrival)) {
                    makeMember(connection, arrival, Optional.empty());
                }
            });
            arrivals.clear();
            fillGap();
        });
    }

    /** The latest changes could not be read; those who wait for them must come again. */
    void recentNotRead() {
        enqueue(() -> {
            readingRecent = false;
            arrivals.keySet().forEach(RoomFeed::sendAway);
            arrivals.clear();
        });
    }

    private static void sendAway(Connection connection) {
        connection.outbox().close(Fault.UNAVAILABLE, Fault.UNAVAILABLE.sentence());
    }

    /** Forgets the changes that were released before the last call of this. */
    void age() {
        enqueue(() -> {
            recent.forget(releasedAtLastAge);
            releasedAtLastAge = released;
        });
    }

    void leave(Connection connection) {
        enqueue(() -> {
            flush();
            arrivals.remove(connection);
            members.remove(connection);
            behind.remove(connection);
            ahead.remove(connection);
        });
    }

    /** A member that was behind has been told everything up to this number. */
    void rejoin(Connection connection, long upTo) {
        enqueue(() -> {
            if (!behind.contains(connection)) {
                return; // it has left
            }
            if (upTo < released) {
                past.catchUp(this, connection, upTo);
                return;
            }
            behind.remove(connection);
            ahead.put(connection, upTo);
            admit(released + 1);
            highestHeard = Math.max(highestHeard, upTo);
            fillGap();
        });
    }

    /** Who was told everything before this number, and perhaps no more, hears it live. */
    private void admit(long next) {
        if (ahead.values().stream().anyMatch(upTo -> upTo < next)) {
            flush(); // what is in the batch they know
            ahead.entrySet().removeIf(entry -> {
                boolean due = entry.getValue() < next;
                if (due) {
                    members.add(entry.getKey());
                    entry.getKey().caughtUp();
                }
                return due;
            });
        }
    }

    /** Shows this change in its turn. */
    void show(Message message) {
        enqueue(() -> {
            if (message.rev() > released) {
                early.put(message.rev(), message);
                highestHeard = Math.max(highestHeard, message.rev());
                releaseEarly();
            }
        });
    }

    /**
     * Tells these members, as far as they speak the rich wire and are not behind, something that has no number: after the
     * changes that were shown before, encoded once. A member that does not take it has missed it and stays.
     */
    void tell(ServerFrame event, Predicate<Connection> whom) {
        enqueue(() -> {
            flush();
            List<Connection> audience = members.stream()
                    .filter(member -> member.wire() == Wire.RICH && whom.test(member))
                    .toList();
            if (!audience.isEmpty()) {
                Frames frames = Frames.of(FrameEncoder.encodeOnce(Batch.of(event)));
                new Pass(Map.of(Wire.RICH, frames), audience).offer(drainers);
            }
        });
    }

    /** The room's last change has this number, as somebody has heard. */
    void head(long number) {
        enqueue(() -> {
            highestHeard = Math.max(highestHeard, number);
            fillGap();
        });
    }

    /** The log was read. */
    void gapRead(Changes changes) {
        enqueue(() -> {
            gapPending = false;
            if (released == 0 && changes.closed()) {
                // a closed room has got the name under which people waited for somebody to begin one
                cut(Connection::endIfAdmittedToNothing);
            }
            for (Message message : changes.messages()) {
                if (message.rev() > released) {
                    superseded.nothingBetween(released, message.rev());
                    release(message);
                }
            }
            superseded.nothingBetween(released, changes.completeUpTo() + 1);
            released = Math.max(released, changes.completeUpTo());
            if (released >= changes.head()) {
                superseded.clear();
            }
            admit(released + 1);
            highestHeard = Math.max(highestHeard, changes.head());
            releaseEarly();
        });
    }

    /** The log could not be read; the next head or change asks again. */
    void gapNotRead() {
        enqueue(() -> gapPending = false);
    }

    private void releaseEarly() {
        if (released != NOT_STARTED) {
            early.headMap(released, true).clear();
            while (!early.isEmpty() && early.firstKey() == released + 1) {
                release(early.pollFirstEntry().getValue());
            }
        }
        if (early.size() > EARLY_LIMIT) {
            early.clear();
        }
        fillGap();
    }

    private void fillGap() {
        if (!gapPending && released != NOT_STARTED && released < highestHeard) {
            gapPending = true;
            past.later(() -> enqueue(this::gapDue));
        }
    }

    private void gapDue() {
        if (released < highestHeard) {
            past.readGap(this, released);
        } else {
            gapPending = false;
        }
    }

    private void release(Message message) {
        admit(message.rev());
        released = message.rev();
        recent.add(message);
        batch.add(new Released(message, superseded.isNews(message)));
        superseded.told(message);
        batchChars += message.body().length();
        if (batch.size() >= BATCH_MESSAGES || batchChars >= BATCH_CHARS) {
            flush();
        }
        if (message.note().filter(Note::endsAnybody).isPresent()) {
            lastCut = message.rev();
            cut(member -> member.isEndedBy(message));
        }
    }

    /** Takes those out of everything who end, once they have been offered what was released before. */
    private void cut(Predicate<Connection> ends) {
        flush();
        arrivals.keySet().removeIf(ends);
        members.removeIf(ends);
        behind.removeIf(ends);
        ahead.keySet().removeIf(ends);
    }

    private void enqueue(Step step) {
        steps.add(step);
        if (pending.getAndIncrement() == 0) {
            drainers.execute(this);
        }
    }

    /** One pass: takes what waits, at most so many steps, and comes back for the rest so that other rooms get a turn. */
    @Override
    public void run() {
        int due = Math.min(pending.get(), BATCH_MESSAGES);
        int taken = 0;
        try {
            while (taken < due) {
                Step step = steps.remove();
                taken++;
                guarded(step);
            }
            guarded(this::flush);
        } finally { // whatever happens, or the room would stay silent for ever
            if (pending.addAndGet(-taken) > 0) {
                drainers.execute(this);
            }
        }
    }

    private static void guarded(Step step) {
        try {
            step.take();
        } catch (RuntimeException e) {
            LOG.error("A step of a room could not be taken", e);
        }
    }

    private void flush() {
        List<Released> changes = List.copyOf(batch);
        batch.clear();
        batchChars = 0;
        if (changes.isEmpty() || members.isEmpty()) {
            return;
        }
        long before = changes.get(0).message().rev() - 1;
        for (Connection late : offered(changes)) {
            members.remove(late);
            behind.add(late);
            past.catchUp(this, late, before);
        }
    }

    /** Shows these changes to all members; returns those who did not take them. */
    private Collection<Connection> offered(List<Released> changes) {
        try {
            Map<Wire, Frames> frames = new EnumMap<>(Wire.class);
            members.forEach(member -> frames.computeIfAbsent(member.wire(), wire -> encoded(changes, wire)));
            return new Pass(frames, members).offer(drainers);
        } catch (RuntimeException e) {
            LOG.error("A batch could not be encoded; its members are told one by one", e);
            return List.copyOf(members);
        }
    }

    private static Frames encoded(List<Released> changes, Wire wire) {
        if (wire == Wire.RICH) {
            return Frames.of(FrameEncoder.encodeOnce(new Batch(
                    changes.stream().map(each -> ServerFrame.of(each.message())).toList())));
        }
        return new Frames(changes.stream()
                .filter(Released::news)
                .map(each ->
                        FrameEncoder.encodeOnce(new PlainFrame(each.message().spoken())))
                .toList());
    }
}
