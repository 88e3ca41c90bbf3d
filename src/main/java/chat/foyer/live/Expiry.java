package chat.foyer.live;

import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.Socket;
import chat.foyer.group.Threads;
import chat.foyer.user.Proof;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Ends every connection when that by which its user was recognised ends: a token, a session. Thread-safe.
 *
 * <p>One look a second at all connections instead of a timer for each: some end in a year, most go long before, and so
 * nothing is left of those. What is said in the second between does not count, see {@link Visitor#said}.
 */
final class Expiry {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Expiry.class), 1);
    private static final long INTERVAL_MILLIS = 1_000;

    private final GroupRegistry groups;
    private final Threads threads;
    private ScheduledFuture<?> looking;

    Expiry(GroupRegistry groups, Threads threads) {
        this.groups = groups;
        this.threads = threads;
    }

    void start() {
        looking = threads.clock()
                .scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        looking.cancel(false);
    }

    private void look() {
        Instant now = Instant.now();
        for (Socket socket : groups.connections()) {
            try {
                Proof proof = socket.identity().proof();
                if (proof.hasEnded(now)) {
                    Fault fault = proof.fault();
                    socket.outbox().close(fault, fault.sentence());
                }
            } catch (RuntimeException | Error e) { // either would end the schedule for ever
                LOG.warn("A connection could not be ended: {}", e);
            }
        }
    }
}
