package chat.foyer.channel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who are to be told of the bus being lost and found. Thread-safe; told on the thread of the caller. */
public final class ConnectionWatchers {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatchers.class);

    private final List<ConnectionWatcher> watchers = new CopyOnWriteArrayList<>();

    public void add(ConnectionWatcher watcher) {
        watchers.add(watcher);
    }

    public void disconnected() {
        tell(ConnectionWatcher::disconnected);
    }

    public void reconnected() {
        tell(ConnectionWatcher::reconnected);
    }

    private void tell(Consumer<ConnectionWatcher> news) {
        for (ConnectionWatcher watcher : watchers) {
            try {
                news.accept(watcher);
            } catch (RuntimeException
                    | Error e) { // neither the others nor the connection suffer for what one makes of it
                LOG.error("Somebody could not bear the news of the bus", e);
            }
        }
    }
}
