package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How fast one connection may speak: a token bucket, and for the plain wire a bounded line in which messages wait for
 * their token instead of being refused. Thread-safe.
 *
 * <p>Invariant, under the lock: while {@link #waiting} is not empty one timer is running, newcomers queue behind, and
 * only the timer takes from the front; so messages keep their order.
 *
 * <p>Reading cannot be paused with the standard API: a blocked callback costs Payara one of its few threads and makes
 * Undertow queue without bound. What waits is therefore bounded here, and who overruns it is sent away.
 */
final class Pace {
    /** What may wait, in characters: some 5,000 lines of chat. */
    static final int WAITING_CHARS = 256 * 1024;

    static final int WAITING_MESSAGES = 5_000; // an empty one has no characters

    private static final long NANOS_PER_MILLI = 1_000_000;

    private record Waiting(int chars, Runnable action) {}

    private final Optional<Bucket> bucket;
    private final ScheduledExecutorService timer;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int waitingChars;
    private boolean stopped;

    Pace(Configuration configuration, ScheduledExecutorService timer) {
        this.timer = timer;
        OptionalLong rate = configuration.get(Settings.RATE_LIMIT).value();
        OptionalLong burst = configuration.get(Settings.BURST_LIMIT).value();
        this.bucket = rate.isEmpty() || burst.isEmpty()
                ? Optional.empty()
                : Optional.of(newBucket(rate.getAsLong(), burst.getAsLong()));
    }

    private static Bucket newBucket(long rate, long burst) {
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(rate, Duration.ofSeconds(1))
                .build();
        return Bucket.builder().addLimit(bandwidth).build();
    }

    /** Takes a token and returns 0, or takes none and returns how many milliseconds to wait for one. */
    long takeTokenOrWaitMillis() {
        if (bucket.isEmpty()) {
            return 0;
        }
        ConsumptionProbe probe = bucket.get().tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill() / NANOS_PER_MILLI + 1;
    }

    /** Runs the action now or, in its turn, later; false when too much is waiting already. */
    boolean whenAllowed(int chars, Runnable action) {
        synchronized (this) {
            if (stopped) {
                return true;
            }
            long waitMillis = waiting.isEmpty() ? takeTokenOrWaitMillis() : 1;
            if (waitMillis > 0) {
                if (waitingChars + chars > WAITING_CHARS || waiting.size() >= WAITING_MESSAGES) {
                    return false;
                }
                waiting.add(new Waiting(chars, action));
                waitingChars += chars;
                if (waiting.size() == 1) {
                    timer.schedule(this::takeTurns, waitMillis, TimeUnit.MILLISECONDS);
                }
                return true;
            }
        }
        action.run();
        return true;
    }

    private synchronized void takeTurns() {
        while (!stopped && !waiting.isEmpty()) {
            long waitMillis = takeTokenOrWaitMillis();
            if (waitMillis > 0) {
                timer.schedule(this::takeTurns, waitMillis, TimeUnit.MILLISECONDS);
                return;
            }
            Waiting next = waiting.remove();
            waitingChars -= next.chars();
            next.action().run(); // posting only enqueues, so it may run under the lock, which keeps newcomers behind
        }
    }

    /** Forgets what waits: the connection is over. */
    synchronized void stop() {
        stopped = true;
        waiting.clear();
    }

    static ChatException overrun() {
        return new ChatException(Fault.RATE, Phrase.of("fault.pace"));
    }
}
