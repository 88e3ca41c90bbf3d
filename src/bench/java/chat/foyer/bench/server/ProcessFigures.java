package chat.foyer.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel knows about running processes; Linux only. */
public final class ProcessFigures {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, which is 100 on every Linux that matters
    private static final int UTIME_AFTER_NAME = 11; // proc(5): fields 14 to 17, counted from the one after the name
    private static final int TIMES = 4; // its own and of children that have ended, in user space and in the kernel
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    private static final int STEAL = 8; // beyond it what was counted before
    private static final double KIB_PER_MB = 1024;

    private ProcessFigures() {}

    /**
     * Seconds of processor time that these and children of theirs that have ended have used. Of those that have ended nothing
     * is known but to their parents: a server such as PostgreSQL ends processes while it is measured.
     */
    public static double cpuSeconds(List<Long> pids) {
        return pids.stream().mapToDouble(ProcessFigures::cpuSeconds).sum();
    }

    private static double cpuSeconds(long pid) {
        Optional<String> stat = read(pid, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.get().substring(stat.get().lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields, UTIME_AFTER_NAME, UTIME_AFTER_NAME + TIMES)
                        .mapToLong(Long::parseLong)
                        .sum()
                / TICKS_PER_SECOND;
    }

    /** Seconds of processor time that this machine has spent on anything. */
    public static double cpuSecondsOfAll() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] fields =
                    lines.findFirst().orElseThrow().split(" +"); // proc(5): user nice system idle iowait irq …
            long busy = 0;
            for (int i = 1; i < fields.length && i <= STEAL; i++) {
                busy += i == IDLE || i == IOWAIT ? 0 : Long.parseLong(fields[i]);
            }
            return busy / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Megabytes (MiB) of memory that these hold. */
    public static double residentMb(List<Long> pids) {
        return pids.stream()
                .flatMap(pid -> read(pid, "status").stream())
                .flatMap(String::lines)
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / KIB_PER_MB)
                .sum();
    }

    /** Empty when the process has ended. */
    private static Optional<String> read(long pid, String file) {
        try {
            return Optional.of(Files.readString(Path.of("/proc", Long.toString(pid), file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
