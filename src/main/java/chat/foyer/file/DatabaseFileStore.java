package chat.foyer.file;

import chat.foyer.database.Database;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Bytes as rows of the database that all nodes share, in chunks. Thread-safe.
 *
 * <p>Invariant: the chunks of a hash appear and go in one transaction each, so they are all there or none. They are numbered
 * from 0, and one that is not full is the last; where the last one is full an empty one follows.
 */
final class DatabaseFileStore implements FileStore {
    static final int CHUNK = 256 * 1024;

    private final Database database;

    DatabaseFileStore(Database database) {
        this.database = database;
    }

    @Override
    public void keep(String hash, Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            database.jdbi().useTransaction(handle -> {
                byte[] chunk;
                int number = 0;
                do {
                    chunk = bytes.readNBytes(CHUNK);
                    int inserted = handle.createUpdate("""
                                    INSERT INTO file_chunk (hash, number, bytes) VALUES (:hash, :number, :bytes)
                                    ON CONFLICT DO NOTHING
                                    """)
                            .bind("hash", hash)
                            .bind("number", number++)
                            .bind("bytes", chunk)
                            .execute();
                    if (inserted == 0) {
                        return; // who kept them first has kept them all
                    }
                } while (chunk.length == CHUNK);
            });
        } catch (JdbiException e) {
            throw new IOException(e);
        }
    }

    @Override
    public InputStream open(String hash) throws IOException {
        return new Chunks(hash);
    }

    private byte[] chunk(String hash, int number) throws IOException {
        Optional<byte[]> chunk;
        try {
            chunk = database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT bytes FROM file_chunk WHERE hash = :hash AND number = :number")
                            .bind("hash", hash)
                            .bind("number", number)
                            .mapTo(byte[].class)
                            .findOne());
        } catch (JdbiException e) {
            throw new IOException(e);
        }
        return chunk.orElseThrow(
                () -> new EOFException("the bytes " + hash + " are gone from chunk " + number + " on"));
    }

    @Override
    public void remove(String hash) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("DELETE FROM file_chunk WHERE hash = :hash")
                        .bind("hash", hash)
                        .execute());
    }

    /** Reads a chunk at a time, each with a connection of its own, so that who reads slowly holds none. */
    private final class Chunks extends InputStream {
        private final String hash;
        private byte[] chunk;
        private int number;
        private int position;

        Chunks(String hash) throws IOException {
            this.hash = hash;
            chunk = chunk(hash, number);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (position == chunk.length && chunk.length == CHUNK) {
                chunk = chunk(hash, ++number);
                position = 0;
            }
            if (position == chunk.length) {
                return -1;
            }
            int count = Math.min(length, chunk.length - position);
            System.arraycopy(chunk, position, into, offset, count);
            position += count;
            return count;
        }
    }
}
