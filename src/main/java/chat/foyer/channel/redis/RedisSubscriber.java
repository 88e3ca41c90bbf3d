package chat.foyer.channel.redis;

import chat.foyer.channel.Backoff;
import chat.foyer.fault.ThrottledLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The supervised thread that listens to Redis: it connects, subscribes to what is wanted, hands on what arrives, and
 * starts over when the connection dies or falls silent. Thread-safe.
 *
 * <p>Invariant, under the lock: while {@link #live} is set, {@link #asked} holds exactly the channels for which the last
 * command sent on this connection was SUBSCRIBE; {@link #reconcile} makes it agree with what is wanted. So the
 * connection ends up subscribed to the wanted channels in whatever order adds, discards and reconnects happen. {@link
 * #unconfirmed} counts those SUBSCRIBEs to whose channel Redis has not answered yet; who waits is told with the last answer,
 * since an UNSUBSCRIBE may be on its way behind the others.
 */
final class RedisSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSubscriber.class);
    private static final ThrottledLog STRANGE = new ThrottledLog(LOG, 1);
    private static final ThrottledLog LOST =
            new ThrottledLog(LOG, 3); // a connection may come and go many times a second
    private static final long JOIN_MILLIS = 3_000;

    /** What this node wants to hear, and who takes it. */
    interface Subscriptions {
        Iterable<String> wanted();

        boolean isWanted(String redisChannel);

        /** Must not block: every event of every group passes here. */
        void received(String redisChannel, String payload);
    }

    /** What was asked of Redis about a channel since it was live; under the lock. */
    private static final class Unconfirmed {
        int subscribes;
        CompletableFuture<Void> last;
    }

    private final RedisServer server;
    private final String control;
    private final String heartbeat;
    private final Subscriptions subscriptions;
    private final RedisWatchers watchers;
    private final Thread thread;

    private final Object lock = new Object();
    private JedisPubSub live; // null while there is no working connection
    private Connection connection;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Unconfirmed> unconfirmed = new HashMap<>();
    private boolean closed;
    private int failures;
    private long heartbeatNanos;
    private volatile String state = "connecting";
    private String told = ""; // the last state that the log knows; the supervisor's own

    /**
     * @param control what all nodes hear at all times
     * @param heartbeat what only this node says, and hears if all is well
     * @param watchers who is told, as of then
     */
    RedisSubscriber(
            RedisServer server,
            String control,
            String heartbeat,
            Subscriptions subscriptions,
            RedisWatchers watchers,
            ThreadFactory threads) {
        this.server = server;
        this.control = control;
        this.heartbeat = heartbeat;
        this.subscriptions = subscriptions;
        this.watchers = watchers;
        this.thread = threads.newThread(this::supervise);
        thread.setName("foyer-redis-subscriber");
    }

    void start() {
        thread.start();
    }

    /**
     * Subscribes or unsubscribes, whichever is due for this channel. The stage completes when Redis has confirmed, or at
     * once when there is nothing to confirm or nobody to confirm it.
     */
    CompletableFuture<Void> reconcile(String redisChannel) {
        synchronized (lock) {
            if (live == null) {
                return CompletableFuture.completedFuture(null);
            }
            try {
                if (!subscriptions.isWanted(redisChannel)) {
                    if (asked.remove(redisChannel)) {
                        live.unsubscribe(redisChannel);
                        confirmation(redisChannel).complete(null); // nobody waits for it any more
                    }
                    return CompletableFuture.completedFuture(null);
                }
                if (asked.add(redisChannel)) {
                    Unconfirmed all = unconfirmed.computeIfAbsent(redisChannel, any -> new Unconfirmed());
                    all.subscribes++;
                    all.last = new CompletableFuture<>();
                    live.subscribe(redisChannel);
                }
                return confirmation(redisChannel);
            } catch (JedisException e) {
                cut(); // wakes the reader, which starts over with everything that is wanted
                return CompletableFuture.completedFuture(null);
            }
        }
    }

    private CompletableFuture<Void> confirmation(String redisChannel) {
        Unconfirmed all = unconfirmed.get(redisChannel);
        return all == null ? CompletableFuture.completedFuture(null) : all.last;
    }

    /** Whether events travel: subscribed, and own heartbeats come back, so publishing works too. */
    boolean isLive() {
        synchronized (lock) {
            return live != null
                    && System.nanoTime() - heartbeatNanos < TimeUnit.MILLISECONDS.toNanos(RedisServer.SILENCE_MILLIS);
        }
    }

    int subscriptions() {
        synchronized (lock) {
            return asked.size();
        }
    }

    String state() {
        return state;
    }

    private void supervise() {
        while (!isClosed()) {
            try (Connection fresh = server.connect()) {
                listen(fresh);
            } catch (RuntimeException | Error e) { // whatever it is, the supervisor must go on
                report(server.explain(e));
            } finally {
                lost();
            }
            pause();
        }
    }

    private void listen(Connection fresh) {
        List<String> channels = new ArrayList<>();
        channels.add(control);
        synchronized (lock) {
            if (closed) {
                return;
            }
            connection = fresh;
            asked.clear();
            subscriptions.wanted().forEach(asked::add);
            channels.addAll(asked);
        }
        // the last, so that once it is confirmed all are; never unsubscribed, or Jedis would leave its loop with the
        // last room
        channels.add(heartbeat);
        new Listener().proceed(fresh, channels.toArray(String[]::new));
    }

    /** A fresh one for every connection, since Jedis keeps the state of a connection in it. */
    private final class Listener extends JedisPubSub {
        @Override
        public void onSubscribe(String redisChannel, int count) {
            if (redisChannel.equals(heartbeat)) {
                becomeLive(this);
                return;
            }
            synchronized (lock) {
                confirm(redisChannel);
            }
        }

        @Override
        public void onMessage(String redisChannel, String payload) {
            if (redisChannel.equals(heartbeat)) {
                synchronized (lock) {
                    heartbeatNanos = System.nanoTime();
                    failures = 0;
                }
                return;
            }
            try {
                subscriptions.received(redisChannel, payload);
            } catch (RuntimeException | StackOverflowError e) { // a stranger's JSON may be as deep as it likes
                STRANGE.warn("An event on {} could not be handled: {}", redisChannel, e);
            }
        }
    }

    private void becomeLive(JedisPubSub listener) {
        List<String> changedMeanwhile = new ArrayList<>();
        synchronized (lock) {
            live = listener;
            heartbeatNanos = System.nanoTime();
            state = "connected to Redis at " + server;
            subscriptions.wanted().forEach(changedMeanwhile::add);
            changedMeanwhile.addAll(asked);
        }
        changedMeanwhile.forEach(this::reconcile);
        if (!told.equals(state)) {
            LOG.info("Connected to Redis at {}: chatting with the other nodes", server);
            told = state;
        }
        watchers.found(server);
    }

    private void lost() {
        boolean wasLive;
        synchronized (lock) {
            wasLive = live != null && !closed;
            live = null;
            connection = null;
            asked.clear();
            unconfirmed.values().forEach(all -> all.last.complete(null));
            unconfirmed.clear();
        }
        if (wasLive) {
            watchers.lost(server);
        }
    }

    private void confirm(String redisChannel) {
        Unconfirmed all = unconfirmed.get(redisChannel); // none for those that were asked for with the connection
        if (all != null && --all.subscribes == 0) {
            unconfirmed.remove(redisChannel);
            all.last.complete(null);
        }
    }

    /** Says the same thing once, however often it is tried; what the log did not take is said at the next attempt. */
    private void report(String explanation) {
        if (isClosed()) {
            return;
        }
        state = explanation;
        if (!explanation.equals(told)
                && LOST.warn("{}. This node serves its own clients and keeps trying.", explanation)) {
            told = explanation;
        }
    }

    private void pause() {
        synchronized (lock) {
            try {
                if (!closed) {
                    lock.wait(Backoff.millis(failures++));
                }
            } catch (InterruptedException e) {
                closed = true; // the container wants its thread back
            }
        }
    }

    private void cut() {
        try {
            connection.forceDisconnect();
        } catch (IOException e) {
            LOG.debug("The connection to Redis at {} was gone already", server, e);
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
            if (connection != null) {
                cut();
            }
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
