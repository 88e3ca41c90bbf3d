package chat.foyer.bench;

import chat.foyer.bench.load.FixedRate;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.ProcessFigures;
import chat.foyer.bench.server.Server;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A room some of whose members read nothing, between two runs of the same room without such. In the end they read on,
 * and must have missed nothing.
 *
 * @param textChars long texts, so that the stalled sockets are soon full
 */
record SlowMembers(String name, int members, int stalled, int perSecond, int textChars) implements Scenario {
    private static final int SENDERS = 10;

    @Override
    public Map<String, Double> measure(Server server, Wire wire, Durations durations) {
        Map<String, Double> before = run(server, wire, durations, 0);
        Map<String, Double> disturbed = run(server, wire, durations, stalled);
        Map<String, Double> after = run(server, wire, durations, 0);
        double p99 = mean(before, after, Figure.P99);
        Map<String, Double> figures = new LinkedHashMap<>(disturbed);
        figures.put(Figure.UNDISTURBED_P50, mean(before, after, Figure.P50));
        figures.put(Figure.UNDISTURBED_P99, p99);
        figures.put(Figure.P99_RATIO, disturbed.get(Figure.P99) / p99);
        figures.put(Figure.RESIDENT_GROWTH, disturbed.get(Figure.RESIDENT) - mean(before, after, Figure.RESIDENT));
        return figures;
    }

    private static double mean(Map<String, Double> one, Map<String, Double> other, String figure) {
        return (one.get(figure) + other.get(figure)) / 2;
    }

    private Map<String, Double> run(Server server, Wire wire, Durations durations, int stalledNow) {
        Swarm.Shape shape = new Swarm.Shape(wire, server.nodes(), 1, members, SENDERS, stalledNow, textChars);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.EVERY_DELIVERY)) {
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            FixedRate load = new FixedRate(perSecond);
            swarm.run(load, durations.warmUp());
            Meter meter = new Meter(swarm, server);
            swarm.run(load, durations.measured());
            Map<String, Double> figures = meter.read();
            figures.put(Figure.HEAP, server.heapMbAfterCollection()); // without what is garbage anyway
            figures.put(Figure.RESIDENT, ProcessFigures.residentMb(server.pids()));
            swarm.resumeStalled();
            return Scenario.checked(figures, swarm);
        }
    }
}
