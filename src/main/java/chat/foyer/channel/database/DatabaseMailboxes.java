package chat.foyer.channel.database;

import chat.foyer.channel.Backoff;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.EventCipher.UnreadableException;
import chat.foyer.channel.EventText;
import chat.foyer.channel.RemoteMailboxes;
import chat.foyer.channel.database.ChannelStore.Stored;
import chat.foyer.database.Database;
import chat.foyer.fault.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes in the database, for the thread of a {@link chat.foyer.channel.MailboxReader}; {@link #wake} and {@link #news}
 * are for any.
 *
 * <p>Invariant: it waits only after it has looked into all mailboxes that are wanted, and whoever tells of something newer
 * afterwards leaves a permit. So no event waits for more than {@link #LOOK_MILLIS} for a receiver who is there, and that only if
 * the node that was taking it has died.
 */
final class DatabaseMailboxes implements RemoteMailboxes {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(DatabaseMailboxes.class), 10);
    private static final long LOOK_MILLIS = 1_000;
    private static final long POLL_MILLIS = 100;

    private final ChannelStore store;
    private final Places places;
    private final EventText words;
    private final BooleanSupplier connected;
    private final Semaphore woken = new Semaphore(0);
    private volatile Set<String> wanted = Set.of();
    private int failures; // the reader's own

    /** @param connected whether the database is there as far as others know; otherwise they have told of it */
    DatabaseMailboxes(ChannelStore store, Places places, EventText words, BooleanSupplier connected) {
        this.store = store;
        this.places = places;
        this.words = words;
        this.connected = connected;
    }

    @Override
    public List<Taken> take(Map<String, Integer> mailboxes) throws InterruptedException {
        wanted = mailboxes.keySet(); // before the look: news that were not for us until now are seen by it
        List<Stored> stored;
        try {
            stored = mailboxes.isEmpty() ? List.of() : store.take(mailboxes);
            failures = 0;
        } catch (RuntimeException e) {
            if (failures > 0 && connected.getAsBoolean()) {
                LOG.warn("Events of workers cannot be fetched from the database ({})", Database.reason(e));
            }
            await(Backoff.millis(failures++));
            return List.of();
        }
        if (stored.isEmpty()) {
            await(store.notifies() || mailboxes.isEmpty() ? LOOK_MILLIS : POLL_MILLIS);
        }
        return readable(stored);
    }

    private void await(long millis) throws InterruptedException {
        woken.tryAcquire(millis, TimeUnit.MILLISECONDS);
        woken.drainPermits();
    }

    private List<Taken> readable(List<Stored> stored) {
        List<Taken> taken = new ArrayList<>();
        for (Stored one : stored) {
            try {
                taken.add(new Taken(
                        ChannelNames.requireChannel(one.channel()),
                        words.read(places.mailbox(one.channel()), one.event()),
                        one.life().toNanos(),
                        one));
            } catch (UnreadableException | IllegalArgumentException e) { // whatever a stranger put there
                LOG.warn("Ignored something for channel {} that is not an event of ours: {}", one.channel(), e);
            }
        }
        return taken;
    }

    @Override
    public void giveBack(Taken taken) {
        try {
            store.putBack(ChannelNames.mailbox(taken.channel()), (Stored) taken.receipt());
        } catch (RuntimeException e) { // others that were taken with it must be handed over
            LOG.warn("An event for {} was lost on its way back: {}", taken.channel(), Database.reason(e));
        }
    }

    /** There is something new in a mailbox. */
    void news(String mailbox) {
        if (wanted.contains(mailbox)) {
            wake();
        }
    }

    @Override
    public void wake() {
        woken.release();
    }
}
