package chat.foyer.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How much the processors have done so far, in ticks: in all, and for this process and those that it started. Tells
 * whether a measurement was disturbed. Linux only; elsewhere nothing was ever done. Immutable.
 */
public record Processors(long available, long busy, long ours) {

    /** As of now. */
    public static Processors now() {
        try {
            long[] all = numbers(Files.readAllLines(Path.of("/proc/stat")).get(0), 1);
            long idle = all[3] + all[4];
            long sum = Arrays.stream(all).limit(8).sum();
            ProcessHandle self = ProcessHandle.current();
            long ours = Stream.concat(Stream.of(self), self.descendants())
                    .mapToLong(Processors::ticks)
                    .sum();
            return new Processors(sum, sum - idle, ours);
        } catch (IOException e) {
            return new Processors(0, 0, 0);
        }
    }

    /** Its own and those of its children that have ended. */
    private static long ticks(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            long[] after = numbers(stat.substring(stat.lastIndexOf(')') + 4), 0);
            return after[10] + after[11] + after[12] + after[13]; // utime, stime, cutime, cstime: proc(5), 14 to 17
        } catch (IOException e) {
            return 0;
        }
    }

    private static long[] numbers(String line, int from) {
        return Arrays.stream(line.trim().split("\\s+"))
                .skip(from)
                .limit(14)
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** What share of the processors others took since then, in per cent. */
    public long othersSince(Processors then) {
        long time = Math.max(1, available - then.available);
        return Math.max(0, 100 * (busy - then.busy - (ours - then.ours)) / time);
    }
}
