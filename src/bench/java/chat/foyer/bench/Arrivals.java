package chat.foyer.bench;

import chat.foyer.bench.load.Load;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.ProcessFigures;
import chat.foyer.bench.server.Server;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How fast connections come in, each in its room and welcomed, and what they cost while nothing is said.
 *
 * @param warmUpRooms rooms that fill and empty again and again before anything is measured
 */
record Arrivals(String name, int rooms, int members, int warmUpRooms) implements Scenario {
    private static final double KB_PER_MB = 1024;
    private static final Duration REST = Duration.ofSeconds(2);
    private static final int WARM_UPS = 8; // of fewer connections each, or their memory would be there already

    /** Most of it: those who come in to warm it up do the same as those who count. */
    @Override
    public Span profiled(Durations durations) {
        return new Span(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @Override
    public Map<String, Double> measure(Server server, Wire wire, Durations durations) {
        for (int i = 0; i < WARM_UPS; i++) {
            try (Swarm swarm = swarm(server, wire, warmUpRooms)) {
                swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
                swarm.run(Load.silence(), REST);
            }
        }
        Map<String, Double> holdersBefore = server.heapKbByHolder();
        double heapBefore = server.heapMbAfterCollection();
        double residentBefore = ProcessFigures.residentMb(server.pids());
        try (Swarm swarm = swarm(server, wire, rooms)) {
            Bystanders bystanders = new Bystanders();
            double seconds =
                    swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE) / (double) TimeUnit.SECONDS.toNanos(1);
            double others = bystanders.cores();
            swarm.run(Load.silence(), REST);
            double heap = server.heapMbAfterCollection(); // a full collection also gives back what it does not need
            double resident = ProcessFigures.residentMb(server.pids());
            double connections = rooms * members;
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(Figure.CONNECTS, connections / seconds);
            figures.put(Figure.IDLE_RESIDENT, (resident - residentBefore) * KB_PER_MB / connections);
            figures.put(Figure.IDLE_HEAP, (heap - heapBefore) * KB_PER_MB / connections);
            figures.put(Figure.HEAP, heap);
            figures.put(Figure.RESIDENT, resident);
            server.heapKbByHolder()
                    .forEach((holder, kb) -> figures.put(
                            Figure.HELD_BY + holder, (kb - holdersBefore.getOrDefault(holder, 0.0)) / connections));
            figures.put(Figure.OTHER_CORES, others);
            return Scenario.checked(figures, swarm);
        }
    }

    private Swarm swarm(Server server, Wire wire, int count) {
        Swarm.Shape shape = new Swarm.Shape(wire, server.nodes(), count, members, 0, 0, Scenario.TEXT_CHARS);
        return new Swarm(shape, Swarm.Timing.ECHO);
    }
}
