package chat.foyer.file;

import chat.foyer.fault.ThrottledLog;
import chat.foyer.group.OneAtATime;
import chat.foyer.group.Threads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody wants any more: files of deleted messages, within half a minute, and uploads that were never posted, after
 * {@link UploadStore#PATIENCE}. Every node does; thread-safe.
 */
@ApplicationScoped
public class FileCleaner {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(FileCleaner.class), 60);
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final int AT_ONCE = 100;

    @Inject
    FileStore bytes;

    @Inject
    Intake intake;

    @Inject
    UploadStore store;

    @Inject
    Threads threads;

    private ScheduledFuture<?> ticking;

    @PostConstruct
    void start() {
        intake.begin();
        Runnable cleaning = new OneAtATime(this::clean);
        ticking = threads.clock()
                .scheduleWithFixedDelay(
                        () -> threads.readers().execute(cleaning),
                        INTERVAL.toMillis(),
                        INTERVAL.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** To be called at start, so that it cleans from then on. */
    public void begin() {
        // CDI has called start() before
    }

    @PreDestroy
    void stop() {
        ticking.cancel(false);
    }

    private void clean() {
        try {
            clean(store, bytes, Instant.now());
        } catch (IOException | RuntimeException e) { // the next round tries again
            LOG.warn("Files that nobody wants could not be removed: {}", e);
        }
    }

    /** Removes what was over at this moment. */
    static void clean(UploadStore store, FileStore bytes, Instant now) throws IOException {
        List<UploadStore.Expired> expired;
        do {
            expired = store.expired(now, AT_ONCE);
            for (UploadStore.Expired file : expired) {
                store.forget(file, now, bytes);
            }
        } while (expired.size() == AT_ONCE);
    }
}
