package chat.foyer.bench;

import chat.foyer.bench.server.ProcessFigures;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How much of the machine others take, from now on, while this process only starts new ones. */
final class Bystanders {
    private final long begun = System.nanoTime();
    private final double all = ProcessFigures.cpuSecondsOfAll();
    private final double ours = ProcessFigures.cpuSeconds(ours());

    double cores() {
        double others = ProcessFigures.cpuSecondsOfAll() - all - (ProcessFigures.cpuSeconds(ours()) - ours);
        return Math.max(0, others) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begun);
    }

    private static List<Long> ours() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }
}
