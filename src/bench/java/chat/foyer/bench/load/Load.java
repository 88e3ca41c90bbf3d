package chat.foyer.bench.load;

/** Decides who posts when. Called by the swarm's thread. */
public interface Load {

    /** The swarm begins to run. */
    void begin(Swarm swarm, long now);

    /** Posts what is due and tells when to be asked again, in nanoseconds from now. */
    long due(Swarm swarm, long now);

    /** A sender was shown a message of its own. */
    void echoed(Swarm swarm, int sender);

    /** Nobody posts. */
    static Load silence() {
        return new Load() {
            @Override
            public void begin(Swarm swarm, long now) {}

            @Override
            public long due(Swarm swarm, long now) {
                return Long.MAX_VALUE;
            }

            @Override
            public void echoed(Swarm swarm, int sender) {}
        };
    }
}
