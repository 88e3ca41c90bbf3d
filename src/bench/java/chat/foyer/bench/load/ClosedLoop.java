package chat.foyer.bench.load;

/**
 * Saturates: every sender keeps so many messages on their way and posts again as an echo returns. Begins once; what runs
 * on from one {@link Swarm#run} to the next stays on its way.
 */
public final class ClosedLoop implements Load {
    private final int outstanding;
    private boolean begun;

    public ClosedLoop(int outstanding) {
        this.outstanding = outstanding;
    }

    @Override
    public void begin(Swarm swarm, long now) {
        if (begun) {
            return;
        }
        begun = true;
        for (int i = 0; i < outstanding; i++) {
            for (int sender = 0; sender < swarm.senders(); sender++) {
                swarm.post(sender);
            }
        }
    }

    @Override
    public long due(Swarm swarm, long now) {
        return Long.MAX_VALUE;
    }

    @Override
    public void echoed(Swarm swarm, int sender) {
        swarm.post(sender);
    }
}
