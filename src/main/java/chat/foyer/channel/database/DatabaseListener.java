package chat.foyer.channel.database;

import chat.foyer.channel.Backoff;
import chat.foyer.channel.ConnectionWatchers;
import chat.foyer.database.Database;
import chat.foyer.fault.ThrottledLog;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervised thread that hears what other nodes say through the database, and starts over when its connection dies or falls
 * silent. Thread-safe.
 *
 * <p>Invariant: {@link #news} is set exactly while somebody listens; watchers are told of its loss before they are told that it
 * is back.
 */
final class DatabaseListener {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseListener.class);
    private static final ThrottledLog STRANGE = new ThrottledLog(LOG, 1);
    private static final ThrottledLog LOST =
            new ThrottledLog(LOG, 3); // a connection may come and go many times a second
    private static final long JOIN_MILLIS = 3_000;

    private final ChannelStore store;
    private final Consumer<String> hearer;
    private final ConnectionWatchers watchers;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile News news; // null while nothing can be heard
    private volatile String state = "connecting";
    private String told = ""; // the last state that the log knows; the thread's own, as is the next
    private boolean wasLost;

    /** @param hearer who hears what others say; must not block */
    DatabaseListener(ChannelStore store, Consumer<String> hearer, ConnectionWatchers watchers, ThreadFactory threads) {
        this.store = store;
        this.hearer = hearer;
        this.watchers = watchers;
        this.thread = threads.newThread(this::supervise);
        thread.setName("foyer-database-listener");
    }

    void start() {
        thread.start();
    }

    boolean isLive() {
        return news != null;
    }

    String state() {
        return state;
    }

    /** To be called when this process has written, for databases that tell nobody. */
    void nudge() {
        News now = news;
        if (now != null) {
            now.nudge();
        }
    }

    private void supervise() {
        int failures = 0;
        try {
            while (!isClosed()) {
                try (News fresh = store.listen()) {
                    failures = 0;
                    becomeLive(fresh);
                    while (!isClosed()) {
                        fresh.next().forEach(this::hear);
                    }
                } catch (SQLException | RuntimeException | Error e) { // whatever it is, the supervisor must go on
                    report(Database.reason(e));
                } finally {
                    lose();
                }
                closing.await(Backoff.millis(failures++), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            closing.countDown(); // the container wants its thread back
        }
    }

    private void becomeLive(News fresh) {
        news = fresh;
        state = "connected to the database";
        if (!told.equals(state)) {
            LOG.info("Listening to the database: chatting with the other nodes");
            told = state;
        }
        if (wasLost) {
            wasLost = false;
            watchers.reconnected();
        }
    }

    private void hear(String message) {
        try {
            hearer.accept(message);
        } catch (RuntimeException e) {
            STRANGE.warn("Something that was said through the database could not be handled: {}", e);
        }
    }

    private void lose() {
        boolean wasLive = news != null && !isClosed();
        news = null;
        if (wasLive) {
            wasLost = true;
            watchers.disconnected();
        }
    }

    /** Says the same thing once, however often it is tried; what the log did not take is said at the next attempt. */
    private void report(String reason) {
        if (isClosed()) {
            return;
        }
        state = "the database cannot be listened to (" + reason + ")";
        if (!state.equals(told)
                && LOST.warn(
                        "Nothing is heard of the other nodes: {}. This node serves its own clients and keeps trying.",
                        state)) {
            told = state;
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    void close() {
        closing.countDown();
        News now = news;
        if (now != null) {
            now.close();
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
