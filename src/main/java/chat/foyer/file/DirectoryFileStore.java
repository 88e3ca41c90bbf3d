package chat.foyer.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes as files of a directory, 256 directories below it. Thread-safe, also between nodes.
 *
 * <p>Invariant: what has the name of its hash is whole. It is written under another name, forced to the disk, and moved; and
 * the move is forced as well before it counts. What is left by a node that is killed meanwhile goes when one
 * starts a day later.
 */
final class DirectoryFileStore implements FileStore {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryFileStore.class);
    private static final Duration LONGEST_WRITE = Duration.ofDays(1);
    private static final int PREFIX = 2; // hexadecimal digits

    private final Path root;
    private final Path incoming;

    DirectoryFileStore(Path root) {
        this.root = root;
        this.incoming = root.resolve("incoming");
        sweep();
    }

    /** Nodes have no names that last, so what others are just writing is told by its age. */
    private void sweep() {
        Instant old = Instant.now().minus(LONGEST_WRITE);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(Files.createDirectories(incoming))) {
            for (Path file : left) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("What a killed node has left in {} cannot be removed", incoming, e);
        }
    }

    @Override
    public void keep(String hash, Path file) throws IOException {
        Path kept = place(hash);
        if (Files.exists(kept)) {
            return;
        }
        Path directory = Files.createDirectories(kept.getParent());
        Path arriving = incoming.resolve(UUID.randomUUID().toString());
        try {
            Files.copy(file, arriving);
            force(arriving, StandardOpenOption.WRITE);
            Files.move(arriving, kept, StandardCopyOption.ATOMIC_MOVE);
            force(directory, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    /** Windows knows no forcing of directories; there the file system sees to it. */
    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    @Override
    public InputStream open(String hash) throws IOException {
        return Files.newInputStream(place(hash));
    }

    @Override
    public void remove(String hash) throws IOException {
        Files.deleteIfExists(place(hash));
    }

    private Path place(String hash) {
        return root.resolve(hash.substring(0, PREFIX)).resolve(hash);
    }
}
