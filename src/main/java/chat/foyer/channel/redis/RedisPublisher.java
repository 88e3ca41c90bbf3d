package chat.foyer.channel.redis;

import chat.foyer.fault.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The thread that publishes, so that nobody else ever waits for Redis: what is offered queues, bounded, and leaves in
 * order, many at a time. Thread-safe.
 *
 * <p>While Redis is away nothing is taken from the queue, and every attempt waits longer than the one before; what does
 * not fit any more is dropped and counted in the log. A batch that fails half-way is not sent again: its events may
 * have arrived, and an event arrives at most once.
 */
final class RedisPublisher {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(RedisPublisher.class), 10);
    private static final int QUEUE_CAPACITY = 10_000;
    private static final long QUEUE_CHARS = 8L * 1024 * 1024;
    private static final int BATCH_SIZE = 128;
    private static final long JOIN_MILLIS = 3_000;

    private record Publication(String redisChannel, String payload) {}

    private final RedisServer server;
    private final Supplier<String> told;
    private final Publication beat;
    private final BlockingQueue<Publication> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final AtomicLong queuedChars = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /** @param told what the subscriber has told of Redis already and need not be told again */
    RedisPublisher(RedisServer server, String heartbeat, Supplier<String> told, ThreadFactory threads) {
        this.server = server;
        this.told = told;
        this.beat = new Publication(heartbeat, "");
        this.thread = threads.newThread(this::run);
        thread.setName("foyer-redis-publisher");
    }

    void start() {
        thread.start();
    }

    void offer(String redisChannel, String payload) {
        boolean fits = queuedChars.addAndGet(payload.length()) <= QUEUE_CHARS;
        if (!fits || !queue.offer(new Publication(redisChannel, payload))) {
            queuedChars.addAndGet(-payload.length());
            LOG.warn("Redis at {} does not keep up: an event for the other nodes was dropped", server);
        }
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            try (Connection connection = server.connect()) {
                publish(connection, List.of(beat)); // proves the connection before anything is risked on it
                failures = 0;
                publishUntilClosed(connection);
            } catch (RuntimeException e) { // the queue keeps what is still to be sent
                String explanation = server.explain(e);
                if (failures > 0 && !explanation.equals(told.get())) {
                    LOG.warn("{}. Nothing can be told to the other nodes.", explanation);
                }
                pause(RedisServer.pauseMillis(failures++));
            } catch (InterruptedException e) {
                return; // the container wants its thread back
            }
        }
    }

    private void publishUntilClosed(Connection connection) throws InterruptedException {
        List<Publication> batch = new ArrayList<>(BATCH_SIZE);
        long nextBeat = System.nanoTime();
        while (!closed) {
            long untilBeat = nextBeat - System.nanoTime();
            Publication first = queue.poll(Math.max(0, untilBeat), TimeUnit.NANOSECONDS);
            batch.clear();
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH_SIZE - 1);
            }
            if (System.nanoTime() - nextBeat >= 0) {
                batch.add(beat);
                nextBeat = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RedisServer.HEARTBEAT_MILLIS);
            }
            batch.forEach(
                    publication -> queuedChars.addAndGet(-publication.payload().length()));
            publish(connection, batch);
        }
    }

    private void publish(Connection connection, List<Publication> batch) {
        for (Publication publication : batch) {
            connection.sendCommand(Protocol.Command.PUBLISH, publication.redisChannel(), publication.payload());
        }
        for (Object answer : connection.getMany(batch.size())) {
            if (answer instanceof JedisDataException refusal) {
                throw refusal;
            }
        }
    }

    private void pause(long millis) {
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
