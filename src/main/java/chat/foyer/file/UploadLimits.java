package chat.foyer.file;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Counts the uploads that run on this node, each of which holds a thread of the server, however slow. Thread-safe. */
@ApplicationScoped
public class UploadLimits {
    private static final int PER_PERSON = 4;

    /** Half of the threads that WildFly has for requests: who uploads slowly must not keep others from the chat. */
    private static final int PER_PROCESSOR = 8;

    private final Semaphore places =
            new Semaphore(PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    private final ConcurrentHashMap<String, Integer> running = new ConcurrentHashMap<>();

    /**
     * Counts an upload of this person until it is released.
     *
     * @throws ChatException ({@link Fault#RATE} or {@link Fault#BUSY}) when it would be one too many; then nothing is counted
     */
    void admit(String person) {
        if (running.merge(person, 1, Integer::sum) > PER_PERSON) {
            leave(person);
            throw new ChatException(Fault.RATE, "At most " + PER_PERSON + " uploads at once. Wait until one is done.");
        }
        if (!places.tryAcquire()) {
            leave(person);
            throw new ChatException(Fault.BUSY);
        }
    }

    void release(String person) {
        places.release();
        leave(person);
    }

    private void leave(String person) {
        running.computeIfPresent(person, (id, count) -> count == 1 ? null : count - 1);
    }
}
