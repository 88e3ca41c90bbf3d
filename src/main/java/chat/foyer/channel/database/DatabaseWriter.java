package chat.foyer.channel.database;

import chat.foyer.channel.Backoff;
import chat.foyer.channel.LayerClosedException;
import chat.foyer.channel.LayerUnavailableException;
import chat.foyer.database.Database;
import chat.foyer.fault.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes to the database, so that nobody else ever waits for it: commands queue, bounded, are done in order, many
 * in one transaction, and complete a stage with what became of them. Thread-safe.
 *
 * <p>Invariants: every command that was offered completes, with an answer or with an exception. None is tried twice: of a
 * transaction that failed nobody knows whether it was committed, and an event arrives at most once.
 *
 * <p>While the database is away nothing is taken from the queue, and every attempt waits longer than the one before. An impatient
 * command is given up after {@link #PATIENCE_NANOS}, and refused at once when the database has been away for {@link
 * #BREAK_NANOS}; the others wait until there is no more room.
 */
final class DatabaseWriter {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(DatabaseWriter.class), 10);
    private static final int QUEUE_CAPACITY = 10_000;
    private static final long QUEUE_CHARS = 8L * 1024 * 1024;
    private static final int BATCH_SIZE = 256;
    private static final long BATCH_CHARS = 1024L * 1024;
    private static final long JOIN_MILLIS = 3_000;
    private static final long CLEANING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long BREAK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NOW = Long.MIN_VALUE; // since when the database is away, when it is not

    /** What is to be done in a batch; it gives what becomes of it once that is committed. */
    interface Work<T> extends Function<Batch, Supplier<T>> {}

    private record Command<T>(Work<T> work, long weight, boolean patient, long since, CompletableFuture<T> answer) {
        Runnable doIn(Batch batch) {
            Supplier<T> result = work.apply(batch);
            return () -> answer.complete(result.get());
        }
    }

    private final ChannelStore store;
    private final Function<Handle, Batch> batches;
    private final Runnable written;
    private final Runnable tidying;
    private final BooleanSupplier connected;
    private final BlockingQueue<Command<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final AtomicLong queuedChars = new AtomicLong();
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long awaySince = NOW;
    private volatile boolean ended;
    private long cleanedNanos = System.nanoTime(); // the thread's own

    /**
     * @param batches begins one in a transaction
     * @param written to be done whenever something was written
     * @param tidying to be done every few seconds, also while the database is away
     * @param connected whether the database is there as far as others know; otherwise they have told of it
     */
    DatabaseWriter(
            ChannelStore store,
            Function<Handle, Batch> batches,
            Runnable written,
            Runnable tidying,
            BooleanSupplier connected,
            ThreadFactory threads) {
        this.store = store;
        this.batches = batches;
        this.written = written;
        this.tidying = tidying;
        this.connected = connected;
        this.thread = threads.newThread(this::run);
        thread.setName("foyer-database-writer");
    }

    void start() {
        thread.start();
    }

    /** Whether what is offered is done at once, as far as is known. */
    boolean isLive() {
        return awaySince == NOW;
    }

    /** Does this when the database is there, however long that takes. */
    <T> CompletableFuture<T> whenThere(int chars, Work<T> work) {
        return offer(new Command<>(work, chars, true, System.nanoTime(), new CompletableFuture<>()));
    }

    /** Does this soon or not at all. */
    <T> CompletableFuture<T> soon(int chars, Work<T> work) {
        long now = System.nanoTime();
        long away = awaySince;
        if (away != NOW && now - away > BREAK_NANOS) {
            return CompletableFuture.failedFuture(unavailable());
        }
        return offer(new Command<>(work, chars, false, now, new CompletableFuture<>()));
    }

    private <T> CompletableFuture<T> offer(Command<T> command) {
        boolean fits = queuedChars.addAndGet(command.weight()) <= QUEUE_CHARS;
        if (isClosed() || !fits || !queue.offer(command)) {
            queuedChars.addAndGet(-command.weight());
            if (!isClosed()) {
                LOG.warn("The database does not keep up: an event for other nodes was dropped");
            }
            return CompletableFuture.failedFuture(isClosed() ? new LayerClosedException() : unavailable());
        }
        if (ended) {
            giveUp(command, new LayerClosedException()); // it may have come after the last sweep
        }
        return command.answer();
    }

    private static LayerUnavailableException unavailable() {
        return new LayerUnavailableException("the database does not take it");
    }

    private void giveUp(Command<?> command, RuntimeException reason) {
        if (queue.remove(command)) {
            queuedChars.addAndGet(-command.weight());
        }
        command.answer().completeExceptionally(reason);
    }

    private void run() {
        int failures = 0;
        try {
            while (!isClosed() || (isLive() && !queue.isEmpty())) {
                try {
                    if (!isLive()) {
                        store.write(handle -> {}); // proves the database before anything is risked on it
                        awaySince = NOW;
                    }
                    cleanIfDue();
                    work(nextBatch());
                    failures = 0;
                } catch (RuntimeException | Error e) { // the queue keeps what is still to be done
                    if (isLive()) {
                        awaySince = System.nanoTime();
                    }
                    if (failures > 0 && connected.getAsBoolean()) {
                        LOG.warn(
                                "Nothing can be told to the other nodes: the database does not take it ({})",
                                Database.reason(e));
                    }
                    giveUpTheImpatient();
                    closing.await(Backoff.millis(failures++), TimeUnit.MILLISECONDS);
                }
                tidy();
            }
        } catch (InterruptedException e) {
            closing.countDown(); // the container wants its thread back
        }
        ended = true;
        queue.forEach(command -> giveUp(command, new LayerClosedException()));
    }

    /** All that waits, so far as it fits into a transaction, once anything does; nothing after a while. */
    private List<Command<?>> nextBatch() throws InterruptedException {
        List<Command<?>> batch = new ArrayList<>();
        long chars = 0;
        for (Command<?> next = queue.poll(1, TimeUnit.SECONDS); next != null; next = queue.poll()) {
            batch.add(next);
            chars += next.weight();
            if (batch.size() == BATCH_SIZE || chars >= BATCH_CHARS) {
                break;
            }
        }
        queuedChars.addAndGet(-chars);
        return batch;
    }

    private void cleanIfDue() {
        if (System.nanoTime() - cleanedNanos > CLEANING_NANOS) {
            cleanedNanos = System.nanoTime();
            store.deleteExpired();
        }
    }

    private void work(List<Command<?>> commands) {
        if (commands.isEmpty()) {
            return;
        }
        List<Runnable> answers = new ArrayList<>(commands.size());
        try {
            store.write(handle -> {
                Batch batch = batches.apply(handle);
                commands.forEach(command -> answers.add(command.doIn(batch)));
                batch.finish();
            });
        } catch (RuntimeException | Error e) {
            commands.forEach(command -> command.answer().completeExceptionally(unavailable()));
            throw e;
        }
        written.run();
        answers.forEach(Runnable::run);
    }

    private void tidy() {
        try {
            tidying.run();
        } catch (RuntimeException e) { // commands do not suffer for it
            LOG.warn("Could not tidy up: {}", e);
        }
    }

    private void giveUpTheImpatient() {
        long now = System.nanoTime();
        queue.stream()
                .filter(command -> !command.patient() && now - command.since() > PATIENCE_NANOS)
                .forEach(command -> giveUp(command, unavailable()));
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Does what waits if the database is there, and ends. */
    void close() {
        closing.countDown();
        queue.offer(new Command<>(batch -> () -> null, 0, false, 0, new CompletableFuture<>())); // wakes the thread
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
