package chat.foyer.channel.consumer;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerClosedException;
import chat.foyer.fault.ThrottledCauses;
import chat.foyer.fault.ThrottledLog;
import jakarta.enterprise.concurrent.ManageableThread;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one consumer on this node. Thread-safe.
 *
 * <p>Invariants: a thread takes an event only when it is done with the one before, so no more are out of the mailbox than can
 * be handled at once. An event that was taken is handled, also one that arrives while it is being told to take no more; after
 * that none is taken. Nothing that a handler does ends a thread, and its threads are its own, so one that hangs holds up no
 * other consumer.
 */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final ThrottledLog OFTEN = new ThrottledLog(LOG, 1);
    private static final int LOG_SECONDS = 60; // between two lines of the same cause
    private static final int CAUSES = 20; // that are told apart
    private static final long PAUSE_MILLIS = 500;

    /** What is done with an event. */
    @FunctionalInterface
    interface Task {
        void handle(JsonObject event) throws Exception;
    }

    /** An event that is being handled. */
    private static final class Busy {
        final Thread thread = Thread.currentThread();
        final long since = System.nanoTime();
        final String type;
        boolean reported; // the watch's own

        Busy(String type) {
            this.type = ThrottledLog.oneLine(type);
        }
    }

    private final Declaration declaration;
    private final ChannelLayer layer;
    private final Task task;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<CompletableFuture<JsonObject>> waiting = ConcurrentHashMap.newKeySet();
    private final Set<Busy> busy = ConcurrentHashMap.newKeySet();
    private final ThrottledCauses causes =
            new ThrottledCauses(LoggerFactory.getLogger(Consumer.class), LOG_SECONDS, CAUSES);
    private final LongAdder handled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean closed;

    Worker(Declaration declaration, ChannelLayer layer, Task task, ThreadFactory factory) {
        this.declaration = declaration;
        this.layer = layer;
        this.task = task;
        for (int i = 1; i <= declaration.concurrency(); i++) {
            Thread thread = factory.newThread(this::work);
            thread.setName("foyer-consumer-" + declaration.channel() + "-" + i);
            threads.add(thread);
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void work() {
        while (!closed) {
            try {
                next().ifPresent(this::handle);
            } catch (RuntimeException | Error e) { // perhaps one that cannot even be printed
                pause(e.getClass().getName());
            }
        }
    }

    /** The next event; nothing when there will be none, or none yet. */
    private Optional<JsonObject> next() {
        CompletableFuture<JsonObject> next = layer.receive(declaration.channel());
        waiting.add(next);
        try {
            if (closed) { // perhaps too late for takeNoMore() to see it
                next.cancel(false);
            }
            return Optional.of(next.get());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            cannotReceive(e.getCause());
            return Optional.empty();
        } catch (InterruptedException e) {
            // by the container that wants its threads back, or by something that a handler left behind
            closed |= Thread.currentThread() instanceof ManageableThread thread && thread.isShutdown();
            boolean none = next.cancel(false) || next.isCompletedExceptionally();
            return none ? Optional.empty() : Optional.of(next.join());
        } finally {
            waiting.remove(next);
        }
    }

    private void cannotReceive(Throwable reason) {
        if (reason instanceof LayerClosedException) {
            closed = true;
            return;
        }
        pause(reason);
    }

    private void pause(Object reason) {
        OFTEN.warn("Consumer {} cannot receive: {}", declaration.name(), reason);
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            LOG.info("Consumer {} goes on although it was interrupted", declaration.name());
        }
    }

    private void handle(JsonObject event) {
        Busy now = new Busy(Dispatch.typeOf(event));
        busy.add(now);
        try {
            task.handle(event);
            handled.increment();
        } catch (Exception | Error e) { // is told, and the next event deserves a try
            failed.increment();
            report(now.type, e);
        } finally {
            busy.remove(now);
            if (!closed) {
                Thread.interrupted(); // what a handler left behind must not end the thread
            }
        }
    }

    private void report(String type, Throwable failure) {
        causes.warn(
                causeOf(failure),
                "Consumer {} of channel {} lost an event of type \"{}\": {}{}",
                declaration.name(),
                declaration.channel(),
                type,
                failure instanceof EventRefusedException ? failure.getMessage() : failure,
                place(failure.getStackTrace()));
    }

    /** What failures have in common that are told of once: their kind, and what they say but for numbers and ids. */
    private static String causeOf(Throwable failure) {
        String said = ThrottledLog.oneLine(String.valueOf(failure.getMessage()));
        return failure.getClass().getName() + ": " + said.replaceAll("[0-9a-fA-F-]{8,}|[0-9]+", "#");
    }

    /** Where in code that is not Java's own somebody is. */
    private static String place(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().matches("(java|jdk|sun)\\..*"))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }

    /** Tells once of each event that has been handled for longer than this. */
    void reportHanging(Duration patience) {
        for (Busy each : busy) {
            long age = System.nanoTime() - each.since;
            if (!each.reported && age >= patience.toNanos()) {
                each.reported = true;
                LOG.warn(
                        "Consumer {} of channel {} has been busy with an event of type \"{}\" for {} s{}",
                        declaration.name(),
                        declaration.channel(),
                        each.type,
                        TimeUnit.NANOSECONDS.toSeconds(age),
                        place(each.thread.getStackTrace()));
            }
        }
    }

    /** From now on no event is taken; those that have been are handled. */
    void takeNoMore() {
        closed = true;
        waiting.forEach(next -> next.cancel(false));
    }

    /** Waits up to this moment of {@link System#nanoTime} for handlers to end; those that do not are interrupted. */
    void stop(long deadline) {
        takeNoMore();
        try {
            for (Thread thread : threads) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                thread.join(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Busy each : busy) {
            LOG.warn(
                    "Consumer {} of channel {} was interrupted with an event of type \"{}\"{}",
                    declaration.name(),
                    declaration.channel(),
                    each.type,
                    place(each.thread.getStackTrace()));
            each.thread.interrupt();
        }
    }

    /** How many events were handled. */
    long handled() {
        return handled.sum();
    }

    /** How many events were lost, since no handler wanted them or it threw. */
    long failed() {
        return failed.sum();
    }

    /** How many events are being handled now. */
    int busy() {
        return busy.size();
    }
}
