package chat.foyer.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Warns of each cause at most once per interval, so that none hides behind another. Tells only so many apart, since some come from
 * strangers: all that appear later share their line. Thread-safe.
 */
public final class ThrottledCauses {
    private final Logger log;
    private final long intervalSeconds;
    private final int most;
    private final Map<String, ThrottledLog> causes = new ConcurrentHashMap<>();
    private final ThrottledLog others;

    /** @param most how many causes are told apart, or a few more when threads meet new ones at the same moment */
    public ThrottledCauses(Logger log, long intervalSeconds, int most) {
        this.log = log;
        this.intervalSeconds = intervalSeconds;
        this.most = most;
        this.others = new ThrottledLog(log, intervalSeconds);
    }

    /** Logs as {@link ThrottledLog#warn} does, unless it has told of this cause lately. */
    public boolean warn(String cause, String template, Object... arguments) {
        ThrottledLog its = causes.size() < most
                ? causes.computeIfAbsent(cause, any -> new ThrottledLog(log, intervalSeconds))
                : causes.getOrDefault(cause, others);
        return its.warn(template, arguments);
    }
}
