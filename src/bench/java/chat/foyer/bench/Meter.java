package chat.foyer.bench;

import chat.foyer.bench.load.Swarm;
import chat.foyer.bench.server.ProcessFigures;
import chat.foyer.bench.server.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What happens between its creation and {@link #read}: deliveries, posts, and who spent how much processor time. */
final class Meter {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final List<Long> SELF = List.of(ProcessHandle.current().pid());

    private final Swarm swarm;
    private final Server server;
    private final List<Long> helpers;
    private final long started = System.nanoTime();
    private final long delivered;
    private final long frames;
    private final long posted;
    private final double serverCpu;
    private final double helperCpu;
    private final double ownCpu;
    private final double allCpu;

    Meter(Swarm swarm, Server server) {
        this.swarm = swarm;
        this.server = server;
        this.helpers = server.helpers();
        swarm.latency().clear();
        delivered = swarm.delivered();
        frames = swarm.frames();
        posted = swarm.posted();
        serverCpu = ProcessFigures.cpuSeconds(server.pids());
        helperCpu = ProcessFigures.cpuSeconds(helpers);
        ownCpu = ProcessFigures.cpuSeconds(SELF);
        allCpu = ProcessFigures.cpuSecondsOfAll();
    }

    /** The figures until now. */
    Map<String, Double> read() {
        double seconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
        double cpu = ProcessFigures.cpuSeconds(server.pids()) - serverCpu;
        double helping = ProcessFigures.cpuSeconds(helpers) - helperCpu;
        double deliveries = swarm.delivered() - delivered;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Figure.DELIVERIES, deliveries / seconds);
        figures.put(Figure.BATCH, deliveries / (swarm.frames() - frames));
        figures.put(Figure.POSTS, (swarm.posted() - posted) / seconds);
        figures.put(Figure.CPU_MICROS, (cpu + helping) * MICROS_PER_SECOND / deliveries);
        figures.put(Figure.P50, swarm.latency().percentile(0.50) / NANOS_PER_MILLI);
        figures.put(Figure.P99, swarm.latency().percentile(0.99) / NANOS_PER_MILLI);
        figures.put(Figure.SERVER_CORES, cpu / seconds);
        figures.put(Figure.HELPER_CORES, helping / seconds);
        double own = ProcessFigures.cpuSeconds(SELF) - ownCpu;
        double all = ProcessFigures.cpuSecondsOfAll() - allCpu;
        figures.put(Figure.OWN_CORES, own / seconds);
        figures.put(Figure.OTHER_CORES, Math.max(0, all - cpu - helping - own) / seconds);
        figures.put(Figure.RESIDENT, ProcessFigures.residentMb(server.pids()));
        return figures;
    }
}
