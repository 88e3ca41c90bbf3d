package chat.foyer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a fixed size in memory, for a disk that gets full; needs root. */
public final class Mount implements AutoCloseable {
    private final Path directory;

    private Mount(Path directory) {
        this.directory = directory;
    }

    /** Empty where this user may not mount. */
    public static Optional<Mount> ofMegabytes(int megabytes) {
        try {
            Path directory = Files.createTempDirectory("small-disk-");
            boolean done = Command.succeeds(
                    "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
            return done ? Optional.of(new Mount(directory)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void resize(int megabytes) {
        Command.run("mount", "-o", "remount,size=" + megabytes + "m", directory.toString());
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        Command.run("umount", directory.toString());
    }
}
