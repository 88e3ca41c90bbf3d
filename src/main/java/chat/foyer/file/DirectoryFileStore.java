package chat.foyer.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Bytes as files of a directory, 256 directories below it. Thread-safe, also between nodes.
 *
 * <p>Invariant: what has the name of its hash is whole. It is written under another name, forced to the disk, and moved; and
 * the move is forced as well before it counts.
 */
final class DirectoryFileStore implements FileStore {
    private static final int PREFIX = 2; // hexadecimal digits

    private final Path root;

    DirectoryFileStore(Path root) {
        this.root = root;
    }

    @Override
    public void keep(String hash, Path file) throws IOException {
        Path kept = place(hash);
        if (Files.exists(kept)) {
            return;
        }
        Path directory = Files.createDirectories(kept.getParent());
        Path incoming = directory.resolve("incoming-" + UUID.randomUUID());
        try {
            Files.copy(file, incoming);
            force(incoming, StandardOpenOption.WRITE);
            Files.move(incoming, kept, StandardCopyOption.ATOMIC_MOVE);
            force(directory, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(incoming);
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
