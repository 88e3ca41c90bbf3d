package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.Outbox;
import chat.foyer.group.Threads;
import chat.foyer.message.MessageLog;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes this node out of service so that nobody loses anything and the other nodes are not overrun. Thread-safe.
 *
 * <p>Invariant: once it has begun no connection enters and nothing is posted by REST; every connection is told to go
 * (close code 1012) at a moment of its own within the given time, and what it says before is still stored and answered.
 * It ends when no connection is left and the log has answered everything, or some seconds later.
 */
@ApplicationScoped
public class Drain {
    /** How long clients are given to go when the server stops without having been drained before. */
    private static final Duration STOP = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(5); // with clients that do not answer a close
    private static final long WATCH_MILLIS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    @Inject
    GroupRegistry groups;

    @Inject
    MessageLog log;

    @Inject
    Threads threads;

    private final CompletableFuture<Drained> ended = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile long deadline; // when everybody has been told to go

    /**
     * How it ended. Immutable.
     *
     * @param connections how many were open when it began
     * @param left how many of them did not go
     */
    public record Drained(int connections, int left) {}

    /** Loads every class that draining needs: once Payara has begun to stop, it loads no more of ours. */
    @PostConstruct
    void rehearse() {
        sendAway(new Outbox(Runnable::run, Runnable::run));
        new Drained(0, 0);
    }

    public boolean hasBegun() {
        return begun;
    }

    /** @throws ChatException ({@link Fault#RESTARTING}) once it has begun */
    void refuse() {
        if (begun) {
            throw new ChatException(Fault.RESTARTING);
        }
    }

    /** Begins, unless it has begun before, and spreads the closing of connections over this time. */
    public synchronized CompletionStage<Drained> begin(Duration time) {
        if (!begun) {
            deadline = System.nanoTime() + time.toNanos();
            begun = true;
            int open = groups.connections().size();
            LOG.info("Draining: {} connections are told to go within {} s", open, time.toSeconds());
            groups.sendAllAway(time, Fault.RESTARTING, Fault.RESTARTING.sentence());
            watch(open);
        }
        return ended;
    }

    private static void sendAway(Outbox outbox) {
        outbox.close(Fault.RESTARTING, Fault.RESTARTING.sentence());
    }

    private void watch(int open) {
        long late = System.nanoTime() - deadline;
        if (late >= 0) {
            groups.connections()
                    .forEach(connection -> sendAway(connection.outbox())); // those that were entering when it began
        }
        int left = groups.connections().size();
        if (left == 0 && log.isIdle() || late > PATIENCE.toNanos()) {
            LOG.info("Drained: {} connections have gone, {} are left", open, left);
            ended.complete(new Drained(open, left));
        } else {
            threads.clock().schedule(() -> watch(open), WATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Drains as well as there is time for while the server stops; waits for it. */
    public void stop() {
        begin(STOP);
        long latest = System.nanoTime() + STOP.toNanos();
        if (deadline - latest > 0) {
            deadline = latest; // somebody had asked for more time than there is now
        }
        ended.completeOnTimeout(
                        new Drained(0, groups.connections().size()),
                        STOP.plus(PATIENCE).toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }
}
