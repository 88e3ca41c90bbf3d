package chat.foyer.channel.database;

import chat.foyer.channel.Backoff;
import chat.foyer.channel.CommandQueue;
import chat.foyer.database.Database;
import chat.foyer.fault.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes to the database, so that nobody else ever waits for it: commands queue, are done in order, many in one
 * transaction, and complete a stage with what became of them. Thread-safe.
 *
 * <p>Invariants: every command completes, with an answer or with an exception ({@link CommandQueue}). Commands are taken in a
 * transaction that has begun, so while none can begin they stay in the queue, as long as that lets them. None is tried twice: of
 * a transaction that failed nobody knows whether it was committed, and an event arrives at most once.
 *
 * <p>While the database is away every attempt waits longer than the one before. Closing works off the queue if it is there.
 */
final class DatabaseWriter {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(DatabaseWriter.class), 10);
    private static final int BATCH_SIZE = 256;
    private static final long JOIN_MILLIS = 3_000;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLEANING_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What is to be done in a batch; it gives what becomes of it once that is committed. */
    interface Work<T> extends Function<Batch, Supplier<T>> {}

    private record Command<T>(Work<T> work, long chars, CompletableFuture<T> answer) implements CommandQueue.Command {
        Runnable doIn(Batch batch) {
            Supplier<T> result = work.apply(batch);
            return () -> answer.complete(result.get());
        }

        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }
    }

    private final ChannelStore store;
    private final Function<Handle, Batch> batches;
    private final Runnable written;
    private final Runnable tidying;
    private final BooleanSupplier connected;
    private final CommandQueue<Command<?>> queue = new CommandQueue<>("The database");
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1); // ends a pause
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
        return queue.isThere();
    }

    /** Does this when the database is there, however long that takes. */
    <T> CompletableFuture<T> whenThere(int chars, Work<T> work) {
        Command<T> command = new Command<>(work, chars, new CompletableFuture<>());
        queue.whenThere(command);
        return command.answer();
    }

    /** Does this soon or not at all. */
    <T> CompletableFuture<T> soon(int chars, Work<T> work) {
        Command<T> command = new Command<>(work, chars, new CompletableFuture<>());
        queue.soon(command);
        return command.answer();
    }

    private void run() {
        int failures = 0;
        try {
            while (!queue.isClosed() || (queue.isThere() && !queue.isEmpty())) {
                try {
                    if (!queue.isThere()) {
                        store.write(handle -> {}); // proves the database before anything is risked on it
                        queue.found();
                    }
                    cleanIfDue();
                    queue.await(WAIT_NANOS);
                    if (!queue.isEmpty()) {
                        work();
                    }
                    failures = 0;
                } catch (RuntimeException | Error e) { // the queue keeps what is still to be done
                    queue.lost();
                    if (failures > 0 && connected.getAsBoolean()) {
                        LOG.warn(
                                "Nothing can be told to the other nodes: the database does not take it ({})",
                                Database.reason(e));
                    }
                    queue.giveUpImpatient();
                    closing.await(Backoff.millis(failures++), TimeUnit.MILLISECONDS);
                }
                tidy();
            }
        } catch (InterruptedException e) {
            queue.close(); // the container wants its thread back
        }
        queue.end();
    }

    private void cleanIfDue() {
        if (System.nanoTime() - cleanedNanos > CLEANING_NANOS) {
            cleanedNanos = System.nanoTime();
            store.deleteExpired();
        }
    }

    private void work() {
        List<Command<?>> commands = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        try {
            store.write(handle -> {
                commands.addAll(queue.take(BATCH_SIZE));
                Batch batch = batches.apply(handle);
                commands.forEach(command -> answers.add(command.doIn(batch)));
                batch.finish();
            });
        } catch (RuntimeException | Error e) {
            if (!commands.isEmpty()) {
                LOG.warn("{} events or orders for other nodes were given up ({})", commands.size(), Database.reason(e));
            }
            commands.forEach(command -> command.fail(queue.unavailable()));
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

    /** Does what waits if the database is there, and ends. */
    void close() {
        soon(0, batch -> () -> null); // wakes the thread
        queue.close();
        closing.countDown();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
