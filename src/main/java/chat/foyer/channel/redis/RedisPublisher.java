package chat.foyer.channel.redis;

import chat.foyer.fault.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The thread that publishes, so that nobody else ever waits for Redis: what is offered queues, bounded, and leaves in
 * order, many at a time. Thread-safe.
 *
 * <p>While Redis is away nothing is taken from the queue, and every attempt waits longer than the one before; what does
 * not fit any more is dropped and counted in the log. A batch that fails half-way is not sent again: its events may
 * have arrived, and an event arrives at most once.
 */
final class RedisPublisher {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(RedisPublisher.class), 1);
    private static final int QUEUE_CAPACITY = 10_000;
    private static final int BATCH_SIZE = 128;
    private static final long JOIN_MILLIS = 3_000;

    private record Publication(String redisChannel, String payload) {}

    private final RedisServer server;
    private final Publication beat;
    private final BlockingQueue<Publication> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Thread thread;
    private volatile boolean closed;

    RedisPublisher(RedisServer server, String heartbeat, ThreadFactory threads) {
        this.server = server;
        this.beat = new Publication(heartbeat, "");
        this.thread = threads.newThread(this::run);
        thread.setName("foyer-redis-publisher");
    }

    void start() {
        thread.start();
    }

    void offer(String redisChannel, String payload) {
        if (!queue.offer(new Publication(redisChannel, payload))) {
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
            } catch (JedisException e) {
                // the subscriber reports what is wrong with Redis; the queue keeps what is still to be sent
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
            publish(connection, batch);
        }
    }

    private void publish(Connection connection, List<Publication> batch) {
        for (Publication publication : batch) {
            connection.sendCommand(Protocol.Command.PUBLISH, publication.redisChannel(), publication.payload());
        }
        for (Object answer : connection.getMany(batch.size())) {
            if (answer instanceof JedisDataException refusal) {
                LOG.warn("Redis at {} refused an event for the other nodes: {}", server, refusal.getMessage());
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
