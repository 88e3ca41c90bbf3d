package chat.foyer.message;

import chat.foyer.database.Database;
import chat.foyer.database.Dialect;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The durable log of every room: a change is acknowledged when it is stored, done once for every author and ref, and
 * takes the room's next number. Thread-safe; nothing waits.
 *
 * <p>A room always uses the same lane, so its changes keep the order in which they were submitted on this node.
 */
@ApplicationScoped
public class MessageLog {
    private static final long STOP_MILLIS = 5_000;

    @Inject
    Database database;

    @Inject
    MessageStore store;

    @Inject
    Prose prose;

    @Inject
    @Any
    Instance<CommitListener> listeners;

    @Resource
    ManagedThreadFactory containerThreads;

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @PostConstruct
    void start() {
        int count = database.dialect() == Dialect.H2 ? 1 : 2; // H2 writes one transaction after the other anyway
        for (int i = 1; i <= count; i++) {
            Lane lane = new Lane(store::commit, this::tell);
            Thread thread = containerThreads.newThread(lane);
            thread.setName("foyer-commit-lane-" + i);
            lanes.add(lane);
            threads.add(thread);
            thread.start();
        }
    }

    private void tell(List<Committed> changes) {
        listeners.forEach(listener -> listener.committed(changes));
    }

    /** What becomes of this change; completes on a lane's thread, so what follows must not block. */
    public CompletionStage<Outcome> submit(Change change) {
        return lanes.get(Math.floorMod(change.room().hashCode(), lanes.size())).submit(change.readBy(prose));
    }

    /** Whether every change that was submitted has been answered. */
    public boolean isIdle() {
        return lanes.stream().allMatch(Lane::isIdle);
    }

    @PreDestroy
    void stop() {
        lanes.forEach(Lane::close);
        try {
            for (Thread thread : threads) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
