package chat.foyer.channel.redis;

import chat.foyer.channel.ConnectionWatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who want to know of the bus, told of all its hosts as of one: it is lost with the first of them that goes, and back when
 * all are there. Thread-safe.
 *
 * <p>Invariant, under the lock: {@link #lost} says what the watchers were told last. They are told under it, so that they
 * hear of everything in the order of things.
 */
final class RedisWatchers {
    private static final Logger LOG = LoggerFactory.getLogger(RedisWatchers.class);

    private final List<ConnectionWatcher> watchers = new CopyOnWriteArrayList<>();
    private final int hosts;
    private final Set<RedisServer> there = new HashSet<>();
    private boolean lost;

    /** @param hosts how many there are */
    RedisWatchers(int hosts) {
        this.hosts = hosts;
    }

    void add(ConnectionWatcher watcher) {
        watchers.add(watcher);
    }

    /** One of the hosts is heard. */
    synchronized void found(RedisServer host) {
        there.add(host);
        if (lost && there.size() == hosts) {
            lost = false;
            tell(ConnectionWatcher::reconnected);
        }
    }

    /** One of the hosts that were heard is heard no more. */
    synchronized void lost(RedisServer host) {
        there.remove(host);
        if (!lost) {
            lost = true;
            tell(ConnectionWatcher::disconnected);
        }
    }

    private void tell(Consumer<ConnectionWatcher> news) {
        for (ConnectionWatcher watcher : watchers) {
            try {
                news.accept(watcher);
            } catch (RuntimeException e) { // neither the others nor the connection suffer for what one makes of it
                LOG.error("Somebody could not bear the news of the bus", e);
            }
        }
    }
}
