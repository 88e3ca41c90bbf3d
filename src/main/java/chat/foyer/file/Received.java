package chat.foyer.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that have come in whole, in a temporary file that goes when it is closed.
 *
 * @param hash their SHA-256 in hexadecimal digits
 */
record Received(Path path, String hash, long size) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Received.class);

    static Path newPath(Path directory) {
        return directory.resolve("upload-" + UUID.randomUUID());
    }

    @Override
    public void close() {
        remove(path);
    }

    static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) { // the next start removes it
            LOG.warn("A temporary file stays behind: {}", path, e);
        }
    }
}
