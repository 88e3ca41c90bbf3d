package chat.foyer.channel.redis;

import chat.foyer.channel.ConnectionWatcher;
import chat.foyer.channel.ConnectionWatchers;
import java.util.HashSet;
import java.util.Set;

/**
 * Those who want to know of the bus, told of all its hosts as of one: it is lost with the first of them that goes, and back when
 * all are there. Thread-safe.
 *
 * <p>Invariant, under the lock: {@link #lost} says what the watchers were told last. They are told under it, so that they
 * hear of everything in the order of things.
 */
final class RedisWatchers {
    private final ConnectionWatchers watchers = new ConnectionWatchers();
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
            watchers.reconnected();
        }
    }

    /** One of the hosts that were heard is heard no more. */
    synchronized void lost(RedisServer host) {
        there.remove(host);
        if (!lost) {
            lost = true;
            watchers.disconnected();
        }
    }
}
