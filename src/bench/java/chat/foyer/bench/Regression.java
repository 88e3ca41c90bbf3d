package chat.foyer.bench;

import chat.foyer.bench.load.ClosedLoop;
import chat.foyer.bench.load.Load;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.report.Spread;
import chat.foyer.bench.server.EarlierBuild;
import chat.foyer.bench.server.FoyerNodes;
import chat.foyer.bench.server.ProcessFigures;
import chat.foyer.bench.server.Server;
import chat.foyer.bench.server.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The working tree beside an earlier build, in less than three minutes: both run all the time and get the same load by
 * turns, so whatever else the machine does meanwhile meets both. What counts is the ratio within a pair of turns.
 */
final class Regression {
    private static final int WARM_UPS = 8;
    private static final int PAIRS = 6;
    private static final int ROOMS = 40;
    private static final int MEMBERS = 25;
    private static final int SENDERS = 3;
    private static final int OUTSTANDING = 2;
    private static final int ARRIVING_ROOMS = 20;
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final Duration RUN_UP = Duration.ofMillis(200); // until what stood still flows again
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;

    private Regression() {}

    /** Prints what came of it; whether nothing was lost, doubled or shown out of order. */
    static boolean run(Contender contender) {
        FoyerNodes.Kind kind = contender == Contender.WILDFLY ? FoyerNodes.Kind.WILDFLY : FoyerNodes.Kind.PAYARA;
        Path earlier = EarlierBuild.war();
        CompletableFuture<FoyerNodes> starting =
                CompletableFuture.supplyAsync(() -> FoyerNodes.start(kind, earlier, Setup.of(Setup.Storage.H2, 1)));
        try (FoyerNodes after = FoyerNodes.start(kind, Setup.of(Setup.Storage.H2, 1));
                FoyerNodes before = starting.join();
                Side now = new Side(after);
                Side then = new Side(before)) {
            Map<String, List<Double>> ratios = new LinkedHashMap<>();
            for (int i = 0; i < WARM_UPS + PAIRS; i++) {
                boolean nowFirst = i % 2 == 0;
                Map<String, Double> one = (nowFirst ? now : then).turn();
                Map<String, Double> other = (nowFirst ? then : now).turn();
                if (i >= WARM_UPS) {
                    add(ratios, nowFirst ? one : other, nowFirst ? other : one);
                }
            }
            System.out.printf("[bench] regression, %s: this tree / %s%n", contender.title(), earlier.getFileName());
            ratios.forEach((figure, values) -> System.out.println("[bench]   " + told(figure, Spread.of(values))));
            return now.isClean("this tree") & then.isClean("the earlier build");
        }
    }

    private static void add(Map<String, List<Double>> ratios, Map<String, Double> now, Map<String, Double> then) {
        now.forEach((figure, value) ->
                ratios.computeIfAbsent(figure, name -> new ArrayList<>()).add(value / then.get(figure)));
    }

    /** In words: {@code deliveries/s ×1.02 (0.97–1.05)}. */
    static String told(String figure, Spread ratio) {
        return String.format(
                Locale.ROOT, "%-28s ×%.2f (%.2f–%.2f)", figure, ratio.median(), ratio.least(), ratio.most());
    }

    /** One of the two servers, with the members who stay and talk whenever it is its turn. */
    private static final class Side implements AutoCloseable {
        private final Server server;
        private final Swarm swarm;
        private final Load load = new ClosedLoop(OUTSTANDING);

        Side(Server server) {
            this.server = server;
            swarm = new Swarm(shape(ROOMS, SENDERS), Swarm.Timing.ECHO);
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
        }

        private Swarm.Shape shape(int rooms, int senders) {
            return new Swarm.Shape(Wire.RICH, server.nodes(), rooms, MEMBERS, senders, 0, Scenario.TEXT_CHARS);
        }

        Map<String, Double> turn() {
            Map<String, Double> figures = new LinkedHashMap<>();
            swarm.run(load, RUN_UP);
            long delivered = swarm.delivered();
            double cpu = cpu();
            long begun = System.nanoTime();
            swarm.run(load, TURN);
            double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
            delivered = swarm.delivered() - delivered;
            figures.put("deliveries/s", delivered / seconds);
            figures.put("CPU µs/delivery", (cpu() - cpu) * MICROS_PER_SECOND / delivered);
            figures.put("CPU ms/connection", arrive());
            return figures;
        }

        /** What it costs when members come, are welcomed and go. */
        private double arrive() {
            double cpu = cpu();
            try (Swarm arriving = new Swarm(shape(ARRIVING_ROOMS, 0), Swarm.Timing.ECHO)) {
                arriving.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            }
            return (cpu() - cpu) * MILLIS_PER_SECOND / (ARRIVING_ROOMS * MEMBERS);
        }

        private double cpu() {
            return ProcessFigures.cpuSeconds(server.pids());
        }

        boolean isClean(String who) {
            swarm.settle(Scenario.SILENCE);
            if (!swarm.tally().isClean()) {
                System.out.println("[bench]   " + who + ": " + swarm.tally());
            }
            return swarm.tally().isClean();
        }

        @Override
        public void close() {
            swarm.close();
        }
    }
}
