package chat.foyer.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of connections served by the thread that calls it. It shares the machine with what it measures, so it does
 * as little as it can for each message: compare the bytes, count.
 */
public final class Swarm implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;
    private static final int TIMES = 4096; // of so many messages on their way each sender's posting times are kept
    private static final int COMPLAINTS = 5;
    private static final long TURN_MILLIS = 50;

    /**
     * What the swarm looks like.
     *
     * @param nodes the members of a room take them in turn
     * @param senders how many of a room's members post
     * @param stalled how many of a room's members read nothing until told to
     * @param textChars the length of each text
     */
    public record Shape(
            Wire wire,
            List<InetSocketAddress> nodes,
            int rooms,
            int members,
            int senders,
            int stalled,
            int textChars) {}

    /** Which deliveries are timed. */
    public enum Timing {
        /** Every one. */
        EVERY_DELIVERY,
        /** Those to the one who posted. */
        ECHO
    }

    private final Shape shape;
    private final Texts texts;
    private final Timing timing;
    private final Selector selector;
    private final List<Member> members = new ArrayList<>();
    private final List<Member> senders = new ArrayList<>();
    private final int[] posted;
    private final long[][] postedAt;
    private final Histogram latency = new Histogram();
    private final List<String> complaints = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private Load load = Load.silence();
    private long readAt;
    private long delivered;
    private long frames;
    private int joined;
    private int lost;
    private int complained;

    /** In rooms of its own. */
    public Swarm(Shape shape, Timing timing) {
        this(shape, timing, "bench-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
    }

    /** @param name of the first room; the others are called like it, with a number */
    public Swarm(Shape shape, Timing timing, String name) {
        this.shape = shape;
        this.timing = timing;
        this.texts = new Texts(shape.textChars());
        int all = shape.rooms() * shape.senders();
        posted = new int[all];
        postedAt = new long[all][TIMES];
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < shape.rooms(); i++) {
            Room room = new Room(i == 0 ? name : name + "-" + i, i * shape.senders(), shape.senders());
            addMembers(room);
        }
    }

    private void addMembers(Room room) {
        for (int i = 0; i < shape.members(); i++) {
            InetSocketAddress node = shape.nodes().get(i % shape.nodes().size());
            boolean sends = i < shape.senders();
            boolean stalled = i >= shape.members() - shape.stalled();
            Member member = new Member(this, room, node, sends ? room.firstSender() + i : Member.LISTENER, stalled);
            members.add(member);
            if (sends) {
                senders.add(member);
            }
        }
    }

    /**
     * Opens all connections and waits until every one is in its room.
     *
     * @param atOnce how many may be on their way in at a time
     * @return how long it took, in nanoseconds
     */
    public long open(int atOnce, Duration patience) {
        long start = System.nanoTime();
        long end = start + patience.toNanos();
        int begun = 0;
        while (joined < members.size()) {
            if (lost > 0 || System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "Only " + joined + " of " + members.size() + " are in their rooms: " + complaints);
            }
            try {
                while (begun < members.size() && begun - joined < atOnce) {
                    members.get(begun++).connect(selector);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            turn(TURN_MILLIS);
        }
        return System.nanoTime() - start;
    }

    /** Lets this load run for so long; it stays in force afterwards, but nothing moves until the next call. */
    public void run(Load newLoad, Duration duration) {
        load = newLoad;
        long now = System.nanoTime();
        long end = now + duration.toNanos();
        load.begin(this, now);
        while (end - now > 0) {
            long wait = Math.min(end - now, load.due(this, now));
            turn(Math.min(TURN_MILLIS, TimeUnit.NANOSECONDS.toMillis(wait)));
            now = System.nanoTime();
        }
    }

    /** Nobody posts any more: waits until everything has come, or nothing has for so long. */
    public void settle(Duration silence) {
        load = Load.silence();
        long heard = System.nanoTime();
        while (tally().missing() > 0 && System.nanoTime() - heard < silence.toNanos()) {
            long before = delivered;
            long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS);
            while (next - System.nanoTime() > 0) {
                turn(TURN_MILLIS);
            }
            if (delivered > before) {
                heard = System.nanoTime();
            }
        }
    }

    /** Those who read nothing read again. */
    public void resumeStalled() {
        members.stream().filter(Member::isStalled).forEach(Member::resume);
    }

    private void turn(long millis) {
        try {
            if (millis > 0) {
                selector.select(Swarm::ready, millis);
            } else {
                selector.selectNow(Swarm::ready);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ready(SelectionKey key) {
        ((Member) key.attachment()).ready();
    }

    int senders() {
        return senders.size();
    }

    void post(int sender) {
        int number = ++posted[sender];
        postedAt[sender][number % TIMES] = System.nanoTime();
        senders.get(sender).post(number, texts);
    }

    Wire wire() {
        return shape.wire();
    }

    /** Room for what was carried over and as much again. */
    ByteBuffer readBuffer(int carried) {
        if (carried * 2 > buffer.capacity()) {
            buffer = ByteBuffer.allocate(carried * 2);
        }
        return buffer.clear();
    }

    void wasRead() {
        readAt = System.nanoTime();
    }

    void framed() {
        frames++;
    }

    void delivered(int sender, int number, int member) {
        delivered++;
        boolean own = sender == member;
        if ((own || timing == Timing.EVERY_DELIVERY) && sender < posted.length) {
            latency.add(readAt - postedAt[sender][number % TIMES]);
        }
        if (own) {
            load.echoed(this, sender);
        }
    }

    void joined() {
        joined++;
    }

    void lost(String reason) {
        lost++;
        complain(reason);
    }

    void complain(String what) {
        complained++;
        if (complaints.size() < COMPLAINTS) {
            complaints.add(what);
        }
    }

    /** What was delivered so far. */
    public long delivered() {
        return delivered;
    }

    /** In how many frames. */
    public long frames() {
        return frames;
    }

    /** How long the timed deliveries took; may be cleared between runs. */
    public Histogram latency() {
        return latency;
    }

    /** How many messages were posted so far. */
    public long posted() {
        long sum = 0;
        for (int number : posted) {
            sum += number;
        }
        return sum;
    }

    /**
     * Whether everybody was shown everything once and in order.
     *
     * @param complaints the first of the things that nobody expected, with what the server said
     */
    public record Tally(
            long missing, long duplicates, long outOfOrder, long foreign, long unexpected, List<String> complaints) {
        public boolean isClean() {
            return missing + duplicates + outOfOrder + foreign + unexpected == 0;
        }
    }

    /** Those who read nothing do not count until they read again. */
    public Tally tally() {
        long missing = 0;
        long duplicates = 0;
        long outOfOrder = 0;
        long foreign = 0;
        for (Member member : members) {
            Ledger ledger = member.ledger();
            missing += member.isStalled() ? 0 : ledger.missing(posted);
            duplicates += ledger.duplicates();
            outOfOrder += ledger.outOfOrder();
            foreign += ledger.foreign();
        }
        return new Tally(missing, duplicates, outOfOrder, foreign, complained, List.copyOf(complaints));
    }

    @Override
    public void close() {
        members.forEach(Member::disconnect);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
