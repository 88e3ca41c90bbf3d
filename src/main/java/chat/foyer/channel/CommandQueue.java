package chat.foyer.channel;

import chat.foyer.fault.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * What a bus is told, on its way to the one thread that tells it, so that nobody else ever waits for the bus: bounded, in
 * order, with a breaker. Thread-safe; awaiting and taking, and saying whether the bus is there, is for that thread.
 *
 * <p>Invariant: every command that was put in either was taken, and then the thread answers it, or {@linkplain Command#fail
 * fails} here: at once when there is no room, when it waits too long, or at the end. So nobody waits for an answer for ever.
 *
 * <p>While the bus is away nothing is to be taken. An impatient command is given up after {@link #PATIENCE_NANOS}, and refused
 * at once when the bus has been away for {@link #BREAK_NANOS}; the others wait until there is no more room.
 *
 * @param <C> what a command is for this bus
 */
public final class CommandQueue<C extends CommandQueue.Command> {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(CommandQueue.class), 10);
    private static final int CAPACITY = 10_000;
    private static final long MOST_CHARS = 8L * 1024 * 1024;
    private static final long BATCH_CHARS = 1024L * 1024;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long BREAK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NOW = Long.MIN_VALUE; // since when the bus is away, when it is not

    /** Something to be done, with somebody who waits for what comes of it. */
    public interface Command {
        /** How long it is. */
        long chars();

        /** Tells whoever waits that nothing comes of it. */
        void fail(RuntimeException reason);
    }

    private static final class Waiting<C> { // no record: it is found again by its identity
        final C command;
        final boolean patient;
        final long since = System.nanoTime();

        Waiting(C command, boolean patient) {
            this.command = command;
            this.patient = patient;
        }
    }

    private final String bus;
    private final Queue<Waiting<C>> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Semaphore arrived = new Semaphore(0); // what the thread may not have seen yet
    private final AtomicLong chars = new AtomicLong();
    private volatile long awaySince = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean ended;

    /** @param bus what people call it */
    public CommandQueue(String bus) {
        this.bus = bus;
    }

    /** Puts in what is to be done when the bus is there, however long that takes. */
    public void whenThere(C command) {
        put(new Waiting<>(command, true));
    }

    /** Puts in what is to be done soon or not at all. */
    public void soon(C command) {
        long away = awaySince;
        if (away != NOW && System.nanoTime() - away > BREAK_NANOS) {
            command.fail(unavailable());
        } else {
            put(new Waiting<>(command, false));
        }
    }

    private void put(Waiting<C> waiting) {
        long size = waiting.command.chars();
        boolean fits = chars.addAndGet(size) <= MOST_CHARS;
        if (closed || !fits || !queue.offer(waiting)) {
            chars.addAndGet(-size);
            if (!closed) {
                LOG.warn("{} does not keep up: an event for other nodes was dropped", bus);
            }
            waiting.command.fail(closed ? new LayerClosedException() : unavailable());
            return;
        }
        arrived.release();
        if (ended) {
            giveUp(waiting, new LayerClosedException()); // it may have come after the last sweep
        }
    }

    /** What is said to those whose command the bus does not do. */
    public LayerUnavailableException unavailable() {
        return new LayerUnavailableException(bus + " does not take it");
    }

    private void giveUp(Waiting<C> waiting, RuntimeException reason) {
        if (queue.remove(waiting)) { // else the thread has taken it and will answer it
            chars.addAndGet(-waiting.command.chars());
            waiting.command.fail(reason);
        }
    }

    /** Waits until there is something to take, at most so long. */
    public void await(long nanos) throws InterruptedException {
        arrived.drainPermits(); // before the look: what is put in after it leaves a permit
        arrived.tryAcquire(queue.isEmpty() ? nanos : 0, TimeUnit.NANOSECONDS);
    }

    /** Takes what is there, at most so many. What is taken must be answered. */
    public List<C> take(int most) {
        List<C> taken = new ArrayList<>();
        long size = 0;
        for (Waiting<C> next = queue.poll(); next != null; next = queue.poll()) {
            taken.add(next.command);
            size += next.command.chars();
            if (taken.size() == most || size >= BATCH_CHARS) {
                break;
            }
        }
        chars.addAndGet(-size);
        return taken;
    }

    /** Whether the bus is there, as far as is known. */
    public boolean isThere() {
        return awaySince == NOW;
    }

    /** The bus is there. */
    public void found() {
        awaySince = NOW;
    }

    /** The bus is away, now or still. */
    public void lost() {
        if (awaySince == NOW) {
            awaySince = System.nanoTime();
        }
    }

    /** Gives up what has waited too long; to be called now and then while the bus is away. */
    public void giveUpImpatient() {
        long now = System.nanoTime();
        for (Waiting<C> waiting : List.copyOf(queue)) { // what is removed during an iteration would come as null
            if (!waiting.patient && now - waiting.since > PATIENCE_NANOS) {
                giveUp(waiting, unavailable());
            }
        }
    }

    /** From now on everything is refused; what is there can still be taken. */
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Nothing will be taken any more. */
    public void end() {
        closed = true;
        ended = true; // before the sweep
        List.copyOf(queue).forEach(waiting -> giveUp(waiting, new LayerClosedException()));
    }
}
