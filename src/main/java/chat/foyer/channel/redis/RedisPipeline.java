package chat.foyer.channel.redis;

import chat.foyer.channel.Backoff;
import chat.foyer.channel.CommandQueue;
import chat.foyer.channel.LayerUnavailableException;
import chat.foyer.fault.ThrottledLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The thread that tells Redis what to do, so that nobody else ever waits for it: commands queue, leave in order, many at a
 * time, and complete a stage with their answer. Thread-safe.
 *
 * <p>Invariants: every command completes, with an answer or with an exception ({@link CommandQueue}). None is sent twice: of a
 * batch that fails half-way some may have been done, and an event arrives at most once. One that Redis refuses fails alone; the
 * connection is given up only when another may fare better.
 *
 * <p>While Redis is away every attempt to connect waits longer than the one before. Closing works off the queue if Redis is
 * there, since what was given back to a mailbox may be in it.
 */
final class RedisPipeline {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(RedisPipeline.class), 10);
    private static final int BATCH_SIZE = 128;
    private static final long JOIN_MILLIS = 3_000;
    private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(1); // for what is in the queue when it closes

    private record Command(ProtocolCommand name, String[] arguments, CompletableFuture<Object> answer)
            implements CommandQueue.Command {
        /** What it concerns, of a script its first key. */
        String key() {
            return arguments[name == Protocol.Command.EVAL ? 2 : 0];
        }

        @Override
        public long chars() {
            long chars = 0;
            for (String argument : arguments) {
                chars += argument.length();
            }
            return chars;
        }

        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }
    }

    private final RedisServer server;
    private final RedisTroubles troubles;
    private final String heartbeat;
    private final Runnable everyBeat;
    private final CommandQueue<Command> queue;
    private final Thread thread;

    /** @param everyBeat to be done every few seconds, also while Redis is away */
    RedisPipeline(
            RedisServer server, RedisTroubles troubles, String heartbeat, Runnable everyBeat, ThreadFactory threads) {
        this.server = server;
        this.troubles = troubles;
        this.heartbeat = heartbeat;
        this.everyBeat = everyBeat;
        this.queue = new CommandQueue<>("Redis at " + server);
        this.thread = threads.newThread(this::run);
        thread.setName("foyer-redis-pipeline");
    }

    void start() {
        thread.start();
    }

    /** Does a command when Redis is there, however long that takes. */
    CompletableFuture<Object> whenThere(ProtocolCommand name, String... arguments) {
        Command command = new Command(name, arguments, new CompletableFuture<>());
        queue.whenThere(command);
        return command.answer();
    }

    /** Does a command soon or not at all. */
    CompletableFuture<Object> soon(ProtocolCommand name, String... arguments) {
        Command command = new Command(name, arguments, new CompletableFuture<>());
        queue.soon(command);
        return command.answer();
    }

    private void run() {
        int failures = 0;
        while (!queue.isClosed()) {
            try (Connection connection = server.connect()) {
                beat(connection); // proves the connection before anything is risked on it
                failures = 0;
                queue.found();
                workUntilClosed(connection);
            } catch (RuntimeException | Error e) { // the queue keeps what is still to be sent
                queue.lost();
                if (failures > 0) {
                    troubles.away(e, "Nothing can be told to the other nodes.");
                }
                pause(Backoff.millis(failures++));
            }
        }
        queue.end();
    }

    private void beat(Connection connection) {
        tidy();
        connection.sendCommand(Protocol.Command.PUBLISH, heartbeat, "");
        connection.getOne();
    }

    private void workUntilClosed(Connection connection) {
        long nextBeat = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RedisServer.HEARTBEAT_MILLIS);
        while (!queue.isClosed()) {
            work(connection, takeUntil(nextBeat));
            if (System.nanoTime() - nextBeat >= 0) {
                beat(connection);
                nextBeat = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RedisServer.HEARTBEAT_MILLIS);
            }
        }
        long end = System.nanoTime() + LAST_NANOS;
        while (!queue.isEmpty() && System.nanoTime() - end < 0) {
            work(connection, takeUntil(end));
        }
    }

    private List<Command> takeUntil(long nanos) {
        try {
            queue.await(Math.max(0, nanos - System.nanoTime()));
            return queue.take(BATCH_SIZE);
        } catch (InterruptedException e) {
            queue.close(); // if close() did not, the container wants its thread back
            return List.of();
        }
    }

    private void work(Connection connection, List<Command> batch) {
        List<Object> answers;
        try {
            for (Command command : batch) {
                connection.sendCommand(command.name(), command.arguments());
            }
            answers = connection.getMany(batch.size());
        } catch (RuntimeException | Error e) {
            batch.forEach(command -> command.fail(queue.unavailable()));
            throw e;
        }
        Optional<JedisDataException> broken = Optional.empty();
        for (int i = 0; i < batch.size(); i++) {
            Command command = batch.get(i);
            if (answers.get(i) instanceof JedisDataException refused) {
                command.fail(new LayerUnavailableException(troubles.refused(refused, command.key())));
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
        queue.giveUpImpatient();
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            queue.close(); // if close() did not, the container wants its thread back
        }
    }

    void close() {
        queue.close();
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
