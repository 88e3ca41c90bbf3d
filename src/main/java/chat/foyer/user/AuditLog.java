package chat.foyer.user;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what somebody may have to answer for: sign-ins, roles, tokens, administration. Thread-safe; recording waits a
 * quarter of a second at most, and never fails.
 *
 * <p>Invariant: an entry that was recorded is in the database's chain, or waits in {@link #waiting} for the one writer
 * that keeps trying, or stands whole in the server's log because there was no room to wait or the server stopped. A
 * process that is killed loses what waits; as a rule nothing does when a request is answered.
 */
@ApplicationScoped
public class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int ROOM = 10_000;
    private static final int BATCH = 200;
    private static final long PATIENCE_MILLIS = 250; // of a request, with a database that is slow
    private static final long RETRY_MILLIS = 1_000;
    private static final long STOP_MILLIS = 2_000;

    private record Waiting(AuditEntry entry, CompletableFuture<Void> written) {}

    @Inject
    AuditStore store;

    @Resource
    ManagedThreadFactory containerThreads;

    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean stopped;
    private Thread writer;

    @PostConstruct
    void start() {
        writer = containerThreads.newThread(this::write);
        writer.setName("foyer-audit");
        writer.start();
    }

    /**
     * Something was done. Texts are escaped and cut to what fits; give no secret and no text of a message.
     *
     * @param actor the id of who did it; the address of somebody unknown
     * @param action what it was, in the way of {@code token.create}
     * @param subject the id of what it was done to; may be empty
     * @param detail what else one should know; may be empty
     */
    public void record(String actor, String action, String subject, String detail) {
        Waiting next =
                new Waiting(AuditEntry.of(Instant.now(), actor, action, subject, detail), new CompletableFuture<>());
        if (stopped || !waiting.offer(next)) {
            logInstead(next);
            return;
        }
        next.written()
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        try {
            while (!stopped || !waiting.isEmpty()) {
                Waiting first = waiting.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    writeAtLast(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            batch.forEach(AuditLog::logInstead); // the container wants its thread back
        }
    }

    private void writeAtLast(List<Waiting> batch) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                store.append(batch.stream().map(Waiting::entry).toList());
                batch.forEach(each -> each.written().complete(null));
                return;
            } catch (RuntimeException e) {
                if (stopped) {
                    batch.forEach(AuditLog::logInstead);
                    return;
                }
                if (!told) {
                    LOG.warn("The audit log cannot be written and is going to be: {}", e.toString());
                    told = true;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    private static void logInstead(Waiting lost) {
        AuditEntry entry = lost.entry();
        LOG.error(
                "Not in the audit log: at={} actor={} action={} subject={} detail={}",
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject(),
                entry.detail());
        lost.written().complete(null);
    }

    @PreDestroy
    void stop() {
        stopped = true;
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Waiting> left = new ArrayList<>();
        waiting.drainTo(left);
        left.forEach(AuditLog::logInstead);
    }
}
