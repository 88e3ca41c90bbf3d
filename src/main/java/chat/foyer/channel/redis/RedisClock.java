package chat.foyer.channel.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/** What time it is at a Redis, as far as one can tell here, in microseconds of the Unix epoch. Thread-safe. */
final class RedisClock {
    private volatile long offset;

    /** Asks for it. */
    void set(Connection connection) {
        connection.sendCommand(Protocol.Command.TIME);
        List<?> time = (List<?>) connection.getOne();
        offset = number(time.get(0)) * 1_000_000 + number(time.get(1)) - here();
    }

    private static long number(Object text) {
        return Long.parseLong(new String((byte[]) text, StandardCharsets.US_ASCII));
    }

    long now() {
        return here() + offset;
    }

    private static long here() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime()); // which no correction of the time changes
    }
}
