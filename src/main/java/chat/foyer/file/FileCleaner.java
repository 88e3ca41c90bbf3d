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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
    private static final int MOST_STUCK = 1_000; // as many as that are no single files any more

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
        } catch (RuntimeException e) { // the next round tries again
            LOG.warn("Files that nobody wants could not be removed: {}", e);
        }
    }

    /** Removes what was over at this moment; what cannot be removed is passed over, and tried again by whoever cleans next. */
    static void clean(UploadStore store, FileStore bytes, Instant now) {
        Set<UUID> stuck = new HashSet<>();
        List<UploadStore.Expired> expired;
        do {
            expired = store.expired(now, AT_ONCE + stuck.size()).stream()
                    .filter(file -> !stuck.contains(file.id()))
                    .toList();
            for (UploadStore.Expired file : expired) {
                try {
                    store.forget(file, now, bytes);
                } catch (IOException e) {
                    stuck.add(file.id());
                    LOG.warn("The bytes of a file that nobody wants cannot be removed: {}", e);
                }
            }
        } while (expired.size() >= AT_ONCE && stuck.size() < MOST_STUCK);
    }
}
