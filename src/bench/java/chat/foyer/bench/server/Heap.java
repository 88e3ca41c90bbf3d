package chat.foyer.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, by the {@code jcmd} of the JDK. */
final class Heap {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final double KIB_PER_MB = 1024;
    private static final double BYTES_PER_KB = 1024;

    private Heap() {}

    static double mbAfterCollection(long pid) {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run"); // the first one only queues what has a finalizer or a cleaner
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd tells no heap size");
        }
        return Long.parseLong(used.group(1)) / KIB_PER_MB;
    }

    /** Kilobytes of what is reachable, by whose classes it is of. */
    static Map<String, Double> kbByHolder(long pid) {
        jcmd(pid, "GC.run");
        Map<String, Double> held = new LinkedHashMap<>();
        HeapHolders.read(jcmd(pid, "GC.class_histogram"))
                .forEach((holder, bytes) -> held.put(holder, bytes / BYTES_PER_KB));
        return held;
    }

    private static String jcmd(long pid, String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
