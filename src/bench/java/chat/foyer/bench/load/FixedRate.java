package chat.foyer.bench.load;

import java.util.concurrent.TimeUnit;

/** Posts so many messages a second, whatever the server does, the senders in turn. */
public final class FixedRate implements Load {
    private final long interval;
    private final Histogram lateness = new Histogram();
    private long next;
    private int sender;

    public FixedRate(int perSecond) {
        interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    @Override
    public void begin(Swarm swarm, long now) {
        next = now + interval;
        lateness.clear();
    }

    @Override
    public long due(Swarm swarm, long now) {
        while (next - now <= 0) {
            lateness.add(now - next);
            swarm.post(sender);
            sender = (sender + 1) % swarm.senders();
            next += interval;
        }
        return next - now;
    }

    @Override
    public void echoed(Swarm swarm, int sender) {
        // it does not wait for echoes
    }

    /** How late this thread was itself, which is no fault of the server. */
    public Histogram lateness() {
        return lateness;
    }
}
