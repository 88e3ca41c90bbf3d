package chat.foyer.bench;

import chat.foyer.bench.load.FixedRate;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.Server;
import java.util.Map;

/**
 * A fixed rate of posts: how long it takes until a member is shown one.
 *
 * @param senders of each room
 * @param perSecond in all rooms together
 */
record Fanout(String name, int rooms, int members, int senders, int perSecond) implements Scenario {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Map<String, Double> measure(Server server, Wire wire, Durations durations) {
        Swarm.Shape shape = new Swarm.Shape(wire, server.nodes(), rooms, members, senders, 0, Scenario.TEXT_CHARS);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.EVERY_DELIVERY)) {
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            FixedRate load = new FixedRate(perSecond);
            swarm.run(load, durations.warmUp());
            Meter meter = new Meter(swarm, server);
            swarm.run(load, durations.measured());
            Map<String, Double> figures = meter.read();
            figures.put(Figure.LATE_P99, load.lateness().percentile(0.99) / NANOS_PER_MILLI);
            return Scenario.checked(figures, swarm);
        }
    }
}
