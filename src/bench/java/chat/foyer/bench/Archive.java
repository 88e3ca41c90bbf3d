package chat.foyer.bench;

import chat.foyer.bench.load.ClosedLoop;
import chat.foyer.bench.load.Histogram;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.History;
import chat.foyer.bench.server.Server;
import chat.foyer.testing.Node;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A room with a long history: pages are read all over it, and people talk on. */
record Archive(String name, int messages) implements Scenario {
    private static final int MEMBERS = 100;
    private static final int SENDERS = 20;
    private static final int OUTSTANDING = 4;
    private static final int PAGES = 200;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long SEED = 7; // the same places in every run

    @Override
    public Map<String, Double> measure(Server server, Wire wire, Durations durations) {
        Swarm.Shape shape = new Swarm.Shape(wire, server.nodes(), 1, MEMBERS, SENDERS, 0, Scenario.TEXT_CHARS);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.ECHO, History.ROOM)) {
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            ClosedLoop load = new ClosedLoop(OUTSTANDING);
            swarm.run(load, durations.warmUp());
            read(server, new Histogram()); // to warm that up, too
            Histogram pages = new Histogram();
            read(server, pages);
            Meter meter = new Meter(swarm, server);
            swarm.run(load, durations.measured());
            Map<String, Double> figures = new LinkedHashMap<>(meter.read());
            figures.put(Figure.PAGE_P50, pages.percentile(0.50) / NANOS_PER_MILLI);
            return Scenario.checked(figures, swarm);
        }
    }

    private void read(Server server, Histogram pages) {
        Node node =
                Node.at(URI.create("http://localhost:" + server.nodes().get(0).getPort()));
        Random places = new Random(SEED);
        for (int i = 0; i < PAGES; i++) {
            int before = 2 + places.nextInt(messages - 1);
            long begun = System.nanoTime();
            int status = node.get("api/v1/rooms/" + History.ROOM + "/messages?before=" + before)
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("A page of the history was answered " + status);
            }
            pages.add(System.nanoTime() - begun);
        }
    }
}
