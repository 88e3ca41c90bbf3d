package chat.foyer.bench;

import chat.foyer.bench.load.ClosedLoop;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.Server;
import java.util.Map;

/**
 * As much as it takes: a closed loop of posts.
 *
 * @param senders of each room
 * @param outstanding messages of each sender that are on their way
 */
record Saturation(String name, int rooms, int members, int senders, int outstanding) implements Scenario {

    @Override
    public Map<String, Double> measure(Server server, Wire wire, Durations durations) {
        Swarm.Shape shape = new Swarm.Shape(wire, server.nodes(), rooms, members, senders, 0, Scenario.TEXT_CHARS);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.ECHO)) {
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            ClosedLoop load = new ClosedLoop(outstanding);
            swarm.run(load, durations.warmUp());
            Meter meter = new Meter(swarm, server);
            swarm.run(load, durations.measured());
            return Scenario.checked(meter.read(), swarm);
        }
    }
}
