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
    Duration PATIENCE = Duration.ofSeconds(30);

    /** How it is called in the results. */
    String name();

    /** @throws LossException when a message was lost, doubled or shown out of order */
    Map<String, Double> measure(Server server, Wire wire, Durations durations);

    /** Waits for the rest and adds what every load must report: that nothing was lost, doubled or out of order. */
    static Map<String, Double> checked(Map<String, Double> figures, Swarm swarm) {
        swarm.settle(PATIENCE);
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
