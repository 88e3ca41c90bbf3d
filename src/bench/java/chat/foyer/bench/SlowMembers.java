package chat.foyer.bench;

import chat.foyer.bench.load.FixedRate;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.ProcessFigures;
import chat.foyer.bench.server.Server;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A room some of whose members read nothing, against the same room without such. In the end they read on, and must have
 * missed nothing.
 *
 * @param textChars long texts, so that the stalled sockets are soon full
 */
record SlowMembers(String name, int members, int stalled, int perSecond, int textChars) implements Scenario {
    private static final int SENDERS = 10;

    @Override
    public Map<String, Double> measure(Server server, Wire wire, Durations durations) {
        Map<String, Double> undisturbed = run(server, wire, durations, 0);
        Map<String, Double> disturbed = run(server, wire, durations, stalled);
        Map<String, Double> figures = new LinkedHashMap<>(disturbed);
        figures.put(Figure.UNDISTURBED_P50, undisturbed.get(Figure.P50));
        figures.put(Figure.UNDISTURBED_P99, undisturbed.get(Figure.P99));
        figures.put(Figure.P99_RATIO, disturbed.get(Figure.P99) / undisturbed.get(Figure.P99));
        figures.put(
                Figure.RESIDENT_GROWTH,
                disturbed.get(Figure.RESIDENT_GROWTH) - Math.max(0, undisturbed.get(Figure.RESIDENT_GROWTH)));
        return figures;
    }

    private Map<String, Double> run(Server server, Wire wire, Durations durations, int stalledNow) {
        Swarm.Shape shape = new Swarm.Shape(wire, server.nodes(), 1, members, SENDERS, stalledNow, textChars);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.EVERY_DELIVERY)) {
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            double before = ProcessFigures.residentMb(server.pids());
            FixedRate load = new FixedRate(perSecond);
            swarm.run(load, durations.warmUp());
            Meter meter = new Meter(swarm, server);
            swarm.run(load, durations.measured());
            Map<String, Double> figures = meter.read();
            figures.put(Figure.RESIDENT_GROWTH, figures.get(Figure.RESIDENT) - before);
            swarm.resumeStalled();
            return Scenario.checked(figures, swarm);
        }
    }
}
