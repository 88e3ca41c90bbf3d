package chat.foyer.group;

import chat.foyer.message.Message;
import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.protocol.PlainFrame;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room on this node: who listens here, and the single task that shows them what is said. Thread-safe; callers only
 * enqueue.
 *
 * <p>Invariant: {@link #pending} counts the steps that are queued or being taken, and exactly while it is above zero one
 * drain task exists. So steps are taken one at a time in the order in which they were queued, every member sees the
 * same order, and {@link #members} belongs to the drain task alone.
 *
 * <p>Messages gather by themselves: what is said during one pass leaves together in the next, encoded once per wire.
 */
final class RoomFeed implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomFeed.class);
    private static final int BATCH_MESSAGES = 64;
    private static final int BATCH_CHARS = 64 * 1024;

    private sealed interface Step {}

    private record Join(Connection connection, ServerFrame greeting) implements Step {}

    private record Leave(Connection connection) implements Step {}

    private record Show(Message message) implements Step {}

    private final Executor drainers;
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Set<Connection> members = new LinkedHashSet<>();

    RoomFeed(Executor drainers) {
        this.drainers = drainers;
    }

    /** From this step on the connection sees everything; the greeting is the first thing it sees. */
    void join(Connection connection, ServerFrame greeting) {
        enqueue(new Join(connection, greeting));
    }

    void leave(Connection connection) {
        enqueue(new Leave(connection));
    }

    void show(Message message) {
        enqueue(new Show(message));
    }

    private void enqueue(Step step) {
        steps.add(step);
        if (pending.getAndIncrement() == 0) {
            drainers.execute(this);
        }
    }

    /** One pass: takes what waits, at most one batch, and comes back for the rest so that other rooms get a turn. */
    @Override
    public void run() {
        int taken = 0;
        try {
            List<Message> batch = new ArrayList<>();
            int chars = 0;
            int available = pending.get();
            while (taken < available && batch.size() < BATCH_MESSAGES && chars < BATCH_CHARS) {
                Step step = steps.remove();
                taken++;
                if (step instanceof Show show) {
                    batch.add(show.message());
                    chars += show.message().body().length();
                } else {
                    showAll(batch);
                    batch.clear();
                    change(step);
                }
            }
            showAll(batch);
        } catch (RuntimeException e) { // must not end the task, or the room would stay silent for ever
            LOG.error("A batch of messages could not be shown", e);
        }
        if (pending.addAndGet(-taken) > 0) {
            drainers.execute(this);
        }
    }

    private void change(Step step) {
        if (step instanceof Join join) {
            members.add(join.connection());
            join.connection().welcome(join.greeting());
        } else if (step instanceof Leave leave) {
            members.remove(leave.connection());
        }
    }

    private void showAll(List<Message> batch) {
        if (batch.isEmpty() || members.isEmpty()) {
            return;
        }
        Encoded encoded = new Encoded(batch);
        for (Connection member : members) {
            encoded.framesFor(member.wire()).forEach(member.outbox()::offer);
        }
    }

    /** A batch of messages as text frames, encoded when the first member of a wire needs them. */
    private static final class Encoded {
        private final List<Message> batch;
        private List<String> plain;
        private List<String> rich;

        Encoded(List<Message> batch) {
            this.batch = batch;
        }

        List<String> framesFor(Wire wire) {
            return wire == Wire.PLAIN ? plain() : rich();
        }

        private List<String> plain() {
            if (plain == null) {
                plain = batch.stream()
                        .map(message -> FrameEncoder.encodeOnce(new PlainFrame(message.body())))
                        .toList();
            }
            return plain;
        }

        private List<String> rich() {
            if (rich == null) {
                List<ServerFrame.MessagePosted> events =
                        batch.stream().map(ServerFrame.MessagePosted::of).toList();
                rich = List.of(FrameEncoder.encodeOnce(new Batch(events)));
            }
            return rich;
        }
    }
}
