package chat.foyer.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Keeps bytes under the SHA-256 of themselves, in hexadecimal digits; the same for all nodes that share a database. Thread-safe.
 *
 * <p>Who removes must know that nobody refers to the bytes, and that nobody begins to: see {@link UploadStore}.
 */
public interface FileStore {
    /** Keeps what is in this file; when it returns they survive whatever happens. Does nothing when they are there. */
    void keep(String hash, Path file) throws IOException;

    /**
     * The bytes, from their beginning; the caller closes it.
     *
     * @throws IOException when they are not there, or cannot be read to their end
     */
    InputStream open(String hash) throws IOException;

    /** Forgets the bytes, if they are there. */
    void remove(String hash) throws IOException;
}
