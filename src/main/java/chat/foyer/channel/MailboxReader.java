package chat.foyer.channel;

import chat.foyer.fault.ThrottledLog;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The thread that fetches from remote mailboxes what somebody in this process waits for, and no more: what nobody waits for is
 * left to other processes. Thread-safe.
 *
 * <p>Invariants: {@link #waiting} counts for each mailbox the receivers that are not done, and {@link #asked} holds mailboxes
 * only while the thread takes from them or has yet to look at the counts. So whoever raises a count and then finds its mailbox
 * among the asked need wake nobody, and everybody else does: no receiver is overlooked, and one that receives again and again
 * costs the bus nothing. An event that was taken is handed over, kept in this process (of a process-specific channel) or given
 * back.
 */
public final class MailboxReader {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(MailboxReader.class), 1);
    private static final int BATCH = 100; // of a mailbox from which nobody else receives
    private static final long PAUSE_MILLIS = 500;
    private static final long WAKE_MILLIS = 1_000;
    private static final long JOIN_MILLIS = 3_000;

    private final LocalChannels local;
    private final RemoteMailboxes remote;
    private final Thread thread;
    private final ConcurrentHashMap<String, Integer> waiting = new ConcurrentHashMap<>();
    private volatile Set<String> asked = Set.of();
    private int turn; // the thread's own
    private volatile boolean closed;

    public MailboxReader(LocalChannels local, RemoteMailboxes remote, String threadName, ThreadFactory threads) {
        this.local = local;
        this.remote = remote;
        this.thread = threads.newThread(this::read);
        thread.setName(threadName);
    }

    public void start() {
        thread.start();
    }

    /** @see ChannelLayer#receive */
    public CompletableFuture<JsonObject> receive(String channel) {
        CompletableFuture<JsonObject> next = local.receive(channel);
        if (next.isDone()) {
            return next;
        }
        String mailbox = ChannelNames.mailbox(channel);
        waiting.merge(mailbox, 1, Integer::sum);
        next.whenComplete(
                (event, failure) -> waiting.computeIfPresent(mailbox, (name, count) -> count == 1 ? null : count - 1));
        if (!asked.contains(mailbox)) {
            remote.wake();
        }
        return next;
    }

    private void read() {
        while (!closed) {
            try {
                asked = Set.of(); // before the counts are looked at
                Map<String, Integer> wanted = wanted();
                asked = wanted.keySet();
                remote.take(wanted).forEach(this::deliver);
            } catch (InterruptedException e) {
                return; // the container wants its thread back
            } catch (RuntimeException | Error e) { // or this process would never receive anything again
                LOG.warn("Events could not be received: {}", e);
                pause();
            }
        }
    }

    /** The mailboxes that somebody waits for; each time another comes first, so that a busy one does not starve the rest. */
    private Map<String, Integer> wanted() {
        List<Map.Entry<String, Integer>> all = new ArrayList<>(waiting.entrySet());
        Map<String, Integer> wanted = new LinkedHashMap<>();
        turn++;
        for (int i = 0; i < all.size(); i++) {
            Map.Entry<String, Integer> mailbox = all.get(Math.floorMod(turn + i, all.size()));
            boolean shared = !mailbox.getKey().endsWith("!");
            wanted.put(mailbox.getKey(), shared ? Math.min(mailbox.getValue(), BATCH) : BATCH);
        }
        return wanted;
    }

    private void deliver(RemoteMailboxes.Taken taken) {
        String channel = taken.channel();
        if (ChannelNames.owner(channel).isEmpty()) {
            if (!local.handOver(channel, taken.event())) {
                remote.giveBack(taken);
            }
        } else if (!local.isOwn(channel)) {
            LOG.warn("Ignored an event for {}, which is no channel of this process", channel);
        } else if (!local.offer(channel, taken.event(), taken.lifeNanos())) {
            LOG.warn("An event for {} was lost: it is over capacity", channel);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true; // the container wants its thread back
        }
    }

    public void close() {
        closed = true;
        remote.wake();
        try {
            thread.join(WAKE_MILLIS);
            thread.interrupt(); // not at once: H2 closes its file when a thread is interrupted that reads from it
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
