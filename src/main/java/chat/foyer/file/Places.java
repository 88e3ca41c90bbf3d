package chat.foyer.file;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A number of places, of which nobody has more than a few. Thread-safe; never waits.
 *
 * <p>Invariant: who is counted holds a place, and each place is given back once, however often it is closed.
 */
final class Places {
    /** One that takes no room. */
    static final Place FREE = () -> {};

    private static final Duration RETRY = Duration.ofSeconds(4);

    private final Phrase refusal;
    private final int perPerson;
    private final Semaphore free;
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param refusal what somebody is told who takes more than {@code perPerson} */
    Places(Phrase refusal, int perPerson, int all) {
        this.refusal = refusal;
        this.perPerson = perPerson;
        this.free = new Semaphore(all);
    }

    /** A place until it is closed. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A place for this person.
     *
     * @throws ChatException ({@link Fault#RATE} or {@link Fault#BUSY}) when it would be one too many; then nothing is counted
     */
    Place take(String person) {
        if (taken.merge(person, 1, Integer::sum) > perPerson) {
            leave(person);
            throw new ChatException(Fault.RATE, refusal, RETRY);
        }
        if (!free.tryAcquire()) {
            leave(person);
            throw new ChatException(Fault.BUSY, Fault.BUSY.phrase(), RETRY);
        }
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                free.release();
                leave(person);
            }
        };
    }

    private void leave(String person) {
        taken.computeIfPresent(person, (id, count) -> count == 1 ? null : count - 1);
    }
}
