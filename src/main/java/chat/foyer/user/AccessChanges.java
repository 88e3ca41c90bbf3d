package chat.foyer.user;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.fault.ThrottledLog;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Tells this node of every change of somebody's access, wherever it was made: at once where it was made and where a hint
 * arrives, within a second elsewhere. Thread-safe; announcing does not wait.
 *
 * <p>Invariant: one thread reads the changes and tells them, so every listener hears each number once and in order; {@link
 * #told} belongs to it. A hint says nothing but that it is time to read, so a forged one does no harm.
 */
@ApplicationScoped
public class AccessChanges {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(AccessChanges.class), 1);
    private static final String GROUP = "access-changes";
    private static final JsonObject HINT =
            Json.createObjectBuilder().add("type", "access.changed").build();
    private static final int HINTS_KEPT = 100; // a hundred say no more than one
    private static final long POLL_MILLIS = 1_000;
    private static final long POLLS_PER_CLEANING = 3_600;
    private static final long STOP_MILLIS = 2_000;

    @Inject
    ChannelLayer layer;

    @Inject
    AccessChangeStore store;

    @Inject
    @Any
    Instance<AccessListener> listeners;

    @Resource
    ManagedThreadFactory containerThreads;

    private final Semaphore due = new Semaphore(0);
    private volatile boolean stopped;
    private Thread reader;
    private String channel;
    private long told;

    /** Begins to listen; what was changed before concerns no connection of this node. */
    @PostConstruct
    void start() {
        told = store.last();
        channel = layer.newChannel("access", HINTS_KEPT);
        layer.groupAdd(GROUP, channel);
        receive();
        reader = containerThreads.newThread(this::readAndTell);
        reader.setName("foyer-access-changes");
        reader.start();
    }

    /** To be called at start, so that it listens from then on. */
    public void begin() {
        // CDI has called start() before
    }

    /** A change was committed: all nodes are to read it now. */
    public void announce() {
        due.release();
        layer.groupSend(GROUP, HINT);
    }

    private void receive() {
        CompletableFuture<JsonObject> hint = layer.receive(channel).toCompletableFuture();
        while (hint.isDone() && !hint.isCompletedExceptionally()) {
            due.release();
            hint = layer.receive(channel).toCompletableFuture();
        }
        hint.thenAccept(event -> {
            due.release();
            receive();
        });
    }

    private void readAndTell() {
        long polls = 0;
        while (!stopped) {
            try {
                due.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
                due.drainPermits(); // before the read: what is announced after it is read next time
                store.after(told).forEach(this::tell);
                if (++polls % POLLS_PER_CLEANING == 0) {
                    store.deleteOld();
                }
            } catch (InterruptedException e) {
                return; // the container wants its thread back
            } catch (RuntimeException | Error e) { // or nobody would ever be signed out again
                LOG.warn("Changes of access could not be read: {}", e);
                pause();
            }
        }
    }

    private void tell(AccessChange change) {
        told = change.number();
        listeners.forEach(listener -> {
            try {
                listener.accessChanged(change);
            } catch (RuntimeException | Error e) { // the others must hear of it
                LOG.warn("A change of access was not carried out: {}", e);
            }
        });
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        due.release();
        try {
            reader.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
