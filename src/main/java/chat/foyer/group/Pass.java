package chat.foyer.group;

import chat.foyer.protocol.Wire;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch on its way to the members of a room: in a large room through several threads at once, since the last member
 * hears it when the pass has ended. For one call of {@link #offer}.
 *
 * <p>Invariant: every member is offered the batch once, by the one thread that took its share; when {@link #offer} returns
 * no thread is offering any more. So the room may begin the next pass, and each member gets the batches in their order.
 * Helpers only take shares that nobody has taken and wait for nobody: one that comes too late, or never, changes nothing.
 */
final class Pass {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    /** Below this the help costs more than it saves. */
    static final int HELPED_ABOVE = 200;

    private static final int SHARE = 50;

    private final Map<Wire, Frames> frames;
    private final List<Connection> members;
    private final AtomicInteger taken = new AtomicInteger(); // shares
    private final CountDownLatch unfinished; // shares
    private final Queue<Connection> refusing = new ConcurrentLinkedQueue<>();

    /** @param frames what to offer on each wire that a member speaks */
    Pass(Map<Wire, Frames> frames, Collection<Connection> members) {
        this.frames = frames;
        this.members = List.copyOf(members);
        this.unfinished = new CountDownLatch((this.members.size() + SHARE - 1) / SHARE);
    }

    /** Offers the batch to everybody; returns those who do not take it, since too much waits for them already. */
    Collection<Connection> offer(Executor helpers) {
        if (members.size() > HELPED_ABOVE) {
            for (int i = 1; i < Runtime.getRuntime().availableProcessors(); i++) {
                helpers.execute(this::takeShares);
            }
        }
        takeShares();
        awaitHelpers();
        return refusing;
    }

    private void takeShares() {
        int from = taken.getAndIncrement() * SHARE;
        while (from < members.size()) {
            try {
                members.subList(from, Math.min(from + SHARE, members.size())).forEach(this::offerTo);
            } finally {
                unfinished.countDown();
            }
            from = taken.getAndIncrement() * SHARE;
        }
    }

    private void offerTo(Connection member) {
        Frames offered = frames.get(member.wire());
        try {
            if (offered.size() > 0 && !member.outbox().offer(offered)) {
                refusing.add(member);
            }
        } catch (RuntimeException e) {
            LOG.error("A batch could not be offered to a member; it is told from the log", e);
            refusing.add(member);
        }
    }

    /** Offering does not block, so this is short. */
    private void awaitHelpers() {
        boolean interrupted = false;
        while (true) {
            try {
                unfinished.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the container wants the thread back, but the order of what is told comes first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
