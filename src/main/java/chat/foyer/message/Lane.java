package chat.foyer.message;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * One commit lane: a bounded queue of changes and the thread that commits all that queued while the last commit ran.
 * Callers only enqueue.
 *
 * <p>Invariant: the lane's thread alone commits the changes of its rooms on this node, one batch at a time, and tells the
 * listener of a batch before it begins the next; so the listener hears the numbers of a room in their order. Every
 * change that was taken is answered, whatever happens.
 *
 * <p>When a transaction fails it is run again: the refs decide what was done already, so a commit whose result is unknown
 * is neither confirmed nor denied but looked up.
 */
final class Lane implements Runnable {
    static final int CAPACITY = 5_000;
    static final int BATCH_CHANGES = 512;
    static final int BATCH_CHARS = 256 * 1024;

    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Lane.class), 1);
    private static final String UNSTORABLE = "The database cannot store this message. Perhaps it is too long.";
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Pending(Change change, CompletableFuture<Outcome> answer) {}

    private final Function<List<Change>, List<Outcome>> store;
    private final Consumer<List<Committed>> committed;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicInteger unanswered = new AtomicInteger();
    private Pending carried; // taken from the queue, but too heavy for the batch it was taken for
    private boolean databaseAway; // at the last attempt
    private long nextProbe;
    private volatile boolean closed;
    private volatile boolean ended; // nothing is taken from the queue any more

    Lane(Function<List<Change>, List<Outcome>> store, Consumer<List<Committed>> committed) {
        this.store = store;
        this.committed = committed;
    }

    /** The outcome, later, on the lane's thread. */
    CompletableFuture<Outcome> submit(Change change) {
        Pending pending = new Pending(change, new CompletableFuture<>());
        unanswered.incrementAndGet();
        if (closed || !queue.offer(pending) || ended && queue.remove(pending)) {
            answer(pending, refused(Fault.BUSY));
        }
        return pending.answer();
    }

    @Override
    public void run() {
        try {
            while (!closed || carried != null || !queue.isEmpty()) {
                List<Pending> batch = nextBatch();
                if (!batch.isEmpty()) {
                    process(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the container wants its thread back
        } finally {
            closed = true;
            abandon();
        }
    }

    private List<Pending> nextBatch() throws InterruptedException {
        List<Pending> batch = new ArrayList<>();
        Pending next = carried != null ? carried : queue.poll(100, TimeUnit.MILLISECONDS);
        carried = null;
        int chars = 0;
        while (next != null) {
            batch.add(next);
            chars += next.change().weight();
            next = batch.size() < BATCH_CHANGES ? queue.poll() : null;
            if (next != null && chars + next.change().weight() > BATCH_CHARS) {
                carried = next;
                next = null;
            }
        }
        return batch;
    }

    private void process(List<Pending> batch) throws InterruptedException {
        if (databaseAway && System.nanoTime() - nextProbe < 0) {
            refuseUnanswered(batch);
            return;
        }
        try {
            Attempt attempt = commit(batch.stream().map(Pending::change).toList());
            databaseAway = false;
            show(attempt.toShow());
            for (int i = 0; i < batch.size(); i++) {
                answer(batch.get(i), attempt.outcomes().get(i));
            }
        } catch (RuntimeException | Error e) { // the lane must live, whatever happens to a batch
            restOrIsolate(batch, e);
        } finally { // whatever happens, every change is answered
            refuseUnanswered(batch);
        }
    }

    private void refuseUnanswered(List<Pending> batch) {
        for (Pending pending : batch) {
            if (!pending.answer().isDone()) {
                answer(pending, refused(Fault.UNAVAILABLE));
            }
        }
    }

    /** One change that the database will never take must not cost the others of its batch, nor those to come. */
    private void restOrIsolate(List<Pending> batch, Throwable failure) throws InterruptedException {
        databaseAway = isOutage(failure);
        if (databaseAway || batch.size() == 1) {
            LOG.warn("Messages cannot be stored: {}", failure);
        }
        if (databaseAway) {
            nextProbe = System.nanoTime() + PROBE_NANOS;
        } else if (batch.size() > 1) {
            for (Pending alone : batch) {
                process(List.of(alone));
            }
        } else {
            answer(batch.get(0), Outcome.refused(new ChatException(Fault.MALFORMED, UNSTORABLE)));
        }
    }

    /** What is stored is true, even if whoever shows it fails: the next comparison of heads shows it then. */
    private void show(List<Committed> changes) {
        if (!changes.isEmpty()) {
            try {
                committed.accept(changes);
            } catch (RuntimeException | Error e) {
                LOG.warn("Stored messages could not be shown at once: {}", e);
            }
        }
    }

    /**
     * What a successful attempt brought.
     *
     * @param outcomes what became of each change
     * @param toShow what is to be shown. After a failed attempt a change may turn out to be known because that very
     *     attempt had committed it, unshown; so then all are shown, and whoever shows them drops the numbers it had
     */
    private record Attempt(List<Outcome> outcomes, List<Committed> toShow) {
        static Attempt of(List<Change> changes, List<Outcome> outcomes, boolean first) {
            List<Committed> toShow = new ArrayList<>();
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                Outcome outcome = outcomes.get(i);
                if (!first || !outcome.known()) {
                    outcome.message()
                            .ifPresent(
                                    message -> toShow.add(new Committed(message, change.imported(), outcome.open())));
                }
            }
            return new Attempt(outcomes, toShow);
        }
    }

    private Attempt commit(List<Change> changes) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Attempt.of(changes, store.apply(changes), attempt == 1);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !worthAnotherTry(e)) {
                    throw e;
                }
                long cap = FIRST_PAUSE_MILLIS << 2 * attempt; // 40, 160, 640 ms
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MILLIS, cap + 1));
            }
        }
    }

    /** Broken connections, serialisation failures, deadlocks, lock time-outs; not mistakes of ours. */
    private static boolean worthAnotherTry(Throwable failure) {
        String state = sqlState(failure);
        return state.startsWith("08") // connection
                || state.startsWith("40") // rollback: serialisation, deadlock
                || state.startsWith("57P") // the server is shutting down or starting
                || state.equals("25P03") // it ended our transaction, in which we had stood still
                || state.startsWith("HYT00") // H2: lock time-out
                || state.equals("23505") // a ref that another node stored meanwhile: now it is known
                || state.equals("55P03"); // PostgreSQL: lock not available
    }

    /** Whether the fault lies with the database, and not with what it was given: too long for a column, out of a range. */
    private static boolean isOutage(Throwable failure) {
        String state = sqlState(failure);
        return !state.isEmpty() && !state.startsWith("22") && !state.startsWith("23");
    }

    /** Empty when the failure did not come from the database. */
    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return String.valueOf(sql.getSQLState()); // "null" for an outage that the pool or the driver saw
            }
        }
        return "";
    }

    private static Outcome refused(Fault fault) {
        return Outcome.refused(new ChatException(fault));
    }

    /** Only the first answer counts. */
    private void answer(Pending pending, Outcome outcome) {
        if (pending.answer().complete(outcome)) {
            unanswered.decrementAndGet();
        }
    }

    /** Whether every change that was taken has been answered. */
    boolean isIdle() {
        return unanswered.get() == 0;
    }

    /** Takes no more changes; those that wait are still committed. */
    void close() {
        closed = true;
    }

    private void abandon() {
        ended = true;
        if (carried != null) {
            answer(carried, refused(Fault.UNAVAILABLE));
        }
        for (Pending pending = queue.poll(); pending != null; pending = queue.poll()) {
            answer(pending, refused(Fault.UNAVAILABLE));
        }
    }
}
