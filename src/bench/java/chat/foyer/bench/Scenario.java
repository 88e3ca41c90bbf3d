package chat.foyer.bench;

import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.Server;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that is done to a server, and measured. Every scenario opens its own connections and closes them. */
interface Scenario {
    int TEXT_CHARS = 38;
    int CONNECTING_AT_ONCE = 100;
    Duration PATIENCE = Duration.ofMinutes(2); // until all are in their rooms
    Duration SILENCE = Duration.ofSeconds(15); // after which nothing more is to be expected
    Duration CONNECTING = Duration.ofSeconds(1); // about that long before a load begins

    /** How it is called in the results. */
    String name();

    /** When it is worth a look at what the server does, with {@code -Dbench.profile=true}. */
    default Span profiled(Durations durations) {
        return new Span(durations.warmUp().plus(CONNECTING), durations.measured());
    }

    /**
     * A part of the time that a scenario takes.
     *
     * @param delay since it began
     */
    record Span(Duration delay, Duration duration) {}

    /** @throws LossException when a message was lost, doubled or shown out of order */
    Map<String, Double> measure(Server server, Wire wire, Durations durations);

    /** Waits for the rest and adds what every load must report: that nothing was lost, doubled or out of order. */
    static Map<String, Double> checked(Map<String, Double> figures, Swarm swarm) {
        swarm.settle(SILENCE);
        Swarm.Tally tally = swarm.tally();
        Map<String, Double> all = new LinkedHashMap<>(figures);
        all.put(Figure.MISSING, (double) tally.missing());
        all.put(Figure.DUPLICATES, (double) tally.duplicates());
        all.put(Figure.OUT_OF_ORDER, (double) tally.outOfOrder());
        all.put(Figure.UNEXPECTED, (double) tally.unexpected() + tally.foreign());
        if (!tally.isClean()) {
            throw new LossException(tally.toString(), all);
        }
        return all;
    }
}
