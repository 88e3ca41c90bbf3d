package chat.foyer.channel.redis;

import chat.foyer.channel.Backoff;
import chat.foyer.channel.LayerClosedException;
import chat.foyer.channel.LayerUnavailableException;
import chat.foyer.fault.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The thread that tells Redis what to do, so that nobody else ever waits for it: commands queue, bounded, leave in order,
 * many at a time, and complete a stage with their answer. Thread-safe.
 *
 * <p>Invariants: every command that was offered completes, with an answer or with an exception. None is sent twice: of a batch
 * that fails half-way some may have been done, and an event arrives at most once. One that Redis refuses fails alone; the
 * connection is given up only when another may fare better.
 *
 * <p>While Redis is away nothing is taken from the queue, and every attempt waits longer than the one before. An impatient
 * command is given up after {@link #PATIENCE_NANOS}, and refused at once when Redis has been away for {@link #BREAK_NANOS};
 * the others wait until there is no more room. Closing works off the queue if Redis is there, since what was given back to a
 * mailbox may be in it.
 */
final class RedisPipeline {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(RedisPipeline.class), 10);
    private static final int QUEUE_CAPACITY = 10_000;
    private static final long QUEUE_CHARS = 8L * 1024 * 1024;
    private static final int BATCH_SIZE = 128;
    private static final long JOIN_MILLIS = 3_000;
    private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(1); // for what is in the queue when it closes
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long BREAK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NOW = Long.MIN_VALUE; // since when Redis is away, when it is not

    private record Command(
            ProtocolCommand name, String[] arguments, boolean patient, long since, CompletableFuture<Object> answer) {
        /** What it concerns, of a script its first key. */
        String key() {
            return arguments[name == Protocol.Command.EVAL ? 2 : 0];
        }

        int weight() {
            int chars = 0;
            for (String argument : arguments) {
                chars += argument.length();
            }
            return chars;
        }
    }

    private final RedisServer server;
    private final RedisTroubles troubles;
    private final String heartbeat;
    private final Runnable everyBeat;
    private final BlockingQueue<Command> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final AtomicLong queuedChars = new AtomicLong();
    private final Thread thread;
    private volatile long awaySince = System.nanoTime();
    private volatile boolean closed;

    /** @param everyBeat to be done every few seconds, also while Redis is away */
    RedisPipeline(
            RedisServer server, RedisTroubles troubles, String heartbeat, Runnable everyBeat, ThreadFactory threads) {
        this.server = server;
        this.troubles = troubles;
        this.heartbeat = heartbeat;
        this.everyBeat = everyBeat;
        this.thread = threads.newThread(this::run);
        thread.setName("foyer-redis-pipeline");
    }

    void start() {
        thread.start();
    }

    /** Does a command when Redis is there, however long that takes. */
    CompletableFuture<Object> whenThere(ProtocolCommand name, String... arguments) {
        return offer(new Command(name, arguments, true, System.nanoTime(), new CompletableFuture<>()));
    }

    /** Does a command soon or not at all. */
    CompletableFuture<Object> soon(ProtocolCommand name, String... arguments) {
        long now = System.nanoTime();
        long away = awaySince;
        if (away != NOW && now - away > BREAK_NANOS) {
            return CompletableFuture.failedFuture(unavailable());
        }
        return offer(new Command(name, arguments, false, now, new CompletableFuture<>()));
    }

    private CompletableFuture<Object> offer(Command command) {
        int weight = command.weight();
        boolean fits = queuedChars.addAndGet(weight) <= QUEUE_CHARS;
        if (closed || !fits || !queue.offer(command)) {
            queuedChars.addAndGet(-weight);
            if (!closed) {
                LOG.warn("Redis at {} does not keep up: an event was dropped", server);
            }
            return CompletableFuture.failedFuture(closed ? new LayerClosedException() : unavailable());
        }
        if (closed) {
            giveUp(command, new LayerClosedException()); // it may have come after the last sweep
        }
        return command.answer();
    }

    private LayerUnavailableException unavailable() {
        return new LayerUnavailableException("Redis at " + server + " does not take it");
    }

    private void giveUp(Command command, RuntimeException reason) {
        if (queue.remove(command)) { // else the thread has taken it and will complete it
            queuedChars.addAndGet(-command.weight());
            command.answer().completeExceptionally(reason);
        }
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            try (Connection connection = server.connect()) {
                beat(connection); // proves the connection before anything is risked on it
                failures = 0;
                awaySince = NOW;
                workUntilClosed(connection);
            } catch (RuntimeException e) { // the queue keeps what is still to be sent
                if (awaySince == NOW) {
                    awaySince = System.nanoTime();
                }
                if (failures > 0) {
                    troubles.away(e, "Nothing can be told to the other nodes.");
                }
                pause(Backoff.millis(failures++));
            }
        }
        queue.forEach(command -> giveUp(command, new LayerClosedException()));
    }

    private void beat(Connection connection) {
        tidy();
        connection.sendCommand(Protocol.Command.PUBLISH, heartbeat, "");
        connection.getOne();
    }

    private void workUntilClosed(Connection connection) {
        List<Command> batch = new ArrayList<>(BATCH_SIZE);
        long nextBeat = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RedisServer.HEARTBEAT_MILLIS);
        while (!closed) {
            batch.clear();
            gather(batch, nextBeat);
            work(connection, batch);
            if (System.nanoTime() - nextBeat >= 0) {
                beat(connection);
                nextBeat = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RedisServer.HEARTBEAT_MILLIS);
            }
        }
        long end = System.nanoTime() + LAST_NANOS;
        batch.clear();
        while (System.nanoTime() - end < 0 && queue.drainTo(batch, BATCH_SIZE) > 0) {
            work(connection, batch);
            batch.clear();
        }
    }

    /** What waits by now, or what comes first until then. */
    private void gather(List<Command> batch, long untilNanos) {
        try {
            Command first = queue.poll(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH_SIZE - 1);
            }
        } catch (InterruptedException e) {
            closed = true; // by close(), or the container wants its thread back
        }
    }

    private void work(Connection connection, List<Command> batch) {
        List<Object> answers;
        batch.forEach(command -> queuedChars.addAndGet(-command.weight()));
        try {
            for (Command command : batch) {
                connection.sendCommand(command.name(), command.arguments());
            }
            answers = connection.getMany(batch.size());
        } catch (RuntimeException e) {
            batch.forEach(command -> command.answer().completeExceptionally(unavailable()));
            throw e;
        }
        Optional<JedisDataException> broken = Optional.empty();
        for (int i = 0; i < batch.size(); i++) {
            Command command = batch.get(i);
            if (answers.get(i) instanceof JedisDataException refused) {
                String reason = troubles.refused(refused, command.key());
                command.answer().completeExceptionally(new LayerUnavailableException(reason));
                broken = broken.or(() -> Optional.of(refused).filter(RedisServer::concernsConnection));
            } else {
                command.answer().complete(answers.get(i));
            }
        }
        if (broken.isPresent()) {
            throw broken.get();
        }
    }

    private void tidy() {
        try {
            everyBeat.run();
        } catch (RuntimeException e) { // commands do not suffer for it
            LOG.warn("Could not tidy up: {}", e);
        }
    }

    private void pause(long millis) {
        tidy();
        long now = System.nanoTime();
        queue.stream()
                .filter(command -> !command.patient() && now - command.since() > PATIENCE_NANOS)
                .forEach(command -> giveUp(command, unavailable()));
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            closed = true; // the container wants its thread back
        }
    }

    void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
