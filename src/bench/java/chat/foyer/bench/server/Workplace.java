package chat.foyer.bench.server;

import java.nio.file.Path;

/** Where the benchmark keeps its things. */
public final class Workplace {
    /** Results, logs, data of the servers; below Maven's {@code target}. */
    public static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

    private Workplace() {}
}
