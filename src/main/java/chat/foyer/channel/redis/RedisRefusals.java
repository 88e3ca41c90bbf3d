package chat.foyer.channel.redis;

import chat.foyer.fault.ThrottledLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/** Tells the log what one Redis refuses: each cause once, and every ten minutes while it lasts. Thread-safe. */
final class RedisRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRefusals.class);
    private static final int INTERVAL_SECONDS = 600;
    private static final int CAUSES = 100; // that are told apart: strangers may spoil as many keys as they like

    private final RedisServer server;
    private final Map<String, ThrottledLog> causes = new ConcurrentHashMap<>();
    private final ThrottledLog others = new ThrottledLog(LOG, INTERVAL_SECONDS);

    RedisRefusals(RedisServer server) {
        this.server = server;
    }

    /**
     * Tells of a command that was refused.
     *
     * @param key the key that it concerned
     * @return what is wrong
     */
    String tell(JedisDataException refusal, String key) {
        String cause = server.explain(refusal, key);
        ThrottledLog log = causes.size() < CAUSES
                ? causes.computeIfAbsent(cause, any -> new ThrottledLog(LOG, INTERVAL_SECONDS))
                : causes.getOrDefault(cause, others);
        log.warn("{}", cause);
        return cause;
    }
}
