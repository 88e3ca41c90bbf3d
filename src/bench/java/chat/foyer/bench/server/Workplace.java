package chat.foyer.bench.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the benchmark keeps its things. */
public final class Workplace {
    /** Results, logs, data of the servers; below Maven's {@code target}. */
    public static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

    private Workplace() {}

    /** Removes what a server has left: a hundred megabytes each would add up. */
    static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
