package chat.foyer.channel.redis;

import chat.foyer.fault.ThrottledCauses;
import chat.foyer.fault.ThrottledLog;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/** Tells the log what is wrong with one Redis, by whichever thread it is met. Thread-safe. */
final class RedisTroubles {
    private static final Logger LOG = LoggerFactory.getLogger(RedisTroubles.class);
    private static final ThrottledLog AWAY = new ThrottledLog(LOG, 10);
    private static final int INTERVAL_SECONDS = 600;
    private static final int CAUSES = 100; // that are told apart: strangers may spoil as many keys as they like

    private final RedisServer server;
    private final Supplier<String> told;
    private final ThrottledCauses causes = new ThrottledCauses(LOG, INTERVAL_SECONDS, CAUSES);

    /** @param told what the subscriber has told already and need not be told again */
    RedisTroubles(RedisServer server, Supplier<String> told) {
        this.server = server;
        this.told = told;
    }

    /**
     * Tells of a command that was refused: of each cause once, and every ten minutes while it lasts.
     *
     * @param key the key that it concerned
     * @return what is wrong
     */
    String refused(JedisDataException refusal, String key) {
        String cause = server.explain(refusal, key);
        causes.warn(cause, "{}", cause);
        return cause;
    }

    /** Tells of a connection that was lost or could not be made. */
    void away(Throwable failure, String consequence) {
        String explanation = server.explain(failure);
        if (!explanation.equals(told.get())) {
            AWAY.warn("{}. {}", explanation, consequence);
        }
    }
}
