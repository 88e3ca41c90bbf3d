package chat.foyer.bench;

import chat.foyer.bench.load.ClosedLoop;
import chat.foyer.bench.load.FixedRate;
import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.report.Slope;
import chat.foyer.bench.server.Server;
import chat.foyer.bench.server.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Half an hour of people who come, talk and go beside others who stay: nothing may be lost, and the heap after a collection
 * may not climb. PostgreSQL keeps the messages, since an embedded database fills its cache for the first hours.
 */
final class Soak {
    private static final double MOST_MB_A_MINUTE =
            0.2; // 6 MB in half an hour; a leak of 1 kB a visit is ten times that
    private static final int LEAST_MINUTES = 10; // less says nothing of the heap
    private static final double SETTLING = 0.2; // of the time, before which caches fill
    private static final Duration SAMPLING = Duration.ofSeconds(20);
    private static final Duration TALK = Duration.ofSeconds(2);
    private static final int VISITED_ROOMS = 20;
    private static final int VISITORS = 20; // of each room

    private final Server server;
    private final Duration duration;
    private final Map<Double, Double> heap = new LinkedHashMap<>(); // MB by minute
    private final List<String> faults = new ArrayList<>();
    private long visits;

    private Soak(Server server, Duration duration) {
        this.server = server;
        this.duration = duration;
    }

    /** Prints what came of it; whether nothing went wrong. */
    static boolean run(Contender contender) {
        Duration duration = Duration.ofMinutes(minutes());
        try (Server server = contender.start(Setup.of(Setup.Storage.POSTGRESQL, 1))) {
            Soak soak = new Soak(server, duration);
            soak.run();
            return soak.told(contender.title());
        }
    }

    private static int minutes() {
        String text = System.getProperty("bench.minutes", "30");
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("-Dbench.minutes takes a number from 1 to 9999, not " + text);
        }
        return Integer.parseInt(text);
    }

    private void run() {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Swarm.Tally> staying = CompletableFuture.supplyAsync(() -> stay(over));
        long begun = System.nanoTime();
        long nextSample = begun;
        while (System.nanoTime() - begun < duration.toNanos() && !staying.isDone()) {
            visit();
            if (System.nanoTime() - nextSample > 0) {
                nextSample = System.nanoTime() + SAMPLING.toNanos();
                double minute = (System.nanoTime() - begun) / (double) TimeUnit.MINUTES.toNanos(1);
                heap.put(minute, server.heapMbAfterCollection());
                System.out.printf(
                        Locale.ROOT,
                        "[bench] soak, minute %.1f: %.1f MB, %d visits%n",
                        minute,
                        heap.get(minute),
                        visits);
            }
        }
        over.set(true);
        judge("those who stay", staying.join());
    }

    /** One room that talks all the time; its swarm belongs to this thread. */
    private Swarm.Tally stay(AtomicBoolean over) {
        Swarm.Shape shape = new Swarm.Shape(Wire.RICH, server.nodes(), 1, 100, 20, 0, Scenario.TEXT_CHARS);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.ECHO, "soak")) {
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            FixedRate load = new FixedRate(50);
            while (!over.get()) {
                swarm.run(load, TALK);
            }
            swarm.settle(Scenario.SILENCE);
            return swarm.tally();
        }
    }

    /** Always the same rooms, which have ended by then. */
    private void visit() {
        Swarm.Shape shape =
                new Swarm.Shape(Wire.RICH, server.nodes(), VISITED_ROOMS, VISITORS, 2, 0, Scenario.TEXT_CHARS);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.ECHO, "visited")) {
            swarm.open(Scenario.CONNECTING_AT_ONCE, Scenario.PATIENCE);
            swarm.run(new ClosedLoop(1), TALK);
            swarm.settle(Scenario.SILENCE);
            judge("visit " + visits, swarm.tally());
            visits += VISITED_ROOMS * VISITORS;
        }
    }

    private void judge(String who, Swarm.Tally tally) {
        if (!tally.isClean()) {
            faults.add(who + ": " + tally);
        }
    }

    private boolean told(String title) {
        double climbing = climbing(heap, duration);
        System.out.printf(
                Locale.ROOT,
                "[bench] soak, %s: %d minutes, %d visits, heap %+.2f MB a minute (at most %.1f), %d faults%n",
                title,
                duration.toMinutes(),
                visits,
                climbing,
                MOST_MB_A_MINUTE,
                faults.size());
        faults.forEach(fault -> System.out.println("[bench]   " + fault));
        if (duration.toMinutes() < LEAST_MINUTES) {
            System.out.println("[bench]   less than " + LEAST_MINUTES + " minutes: the heap was not judged");
            return faults.isEmpty();
        }
        return faults.isEmpty() && climbing <= MOST_MB_A_MINUTE;
    }

    /** By how many MB a minute the heap rises once it has settled; 0 where too little was seen. */
    static double climbing(Map<Double, Double> heap, Duration duration) {
        Map<Double, Double> settled = new LinkedHashMap<>(heap);
        settled.keySet().removeIf(minute -> minute < duration.toMinutes() * SETTLING);
        return settled.size() < 2 ? 0 : Slope.of(settled);
    }
}
