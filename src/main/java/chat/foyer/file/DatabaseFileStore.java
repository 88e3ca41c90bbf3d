package chat.foyer.file;

import chat.foyer.database.Database;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;

/**
 * Bytes as rows of the database that all nodes share, in chunks. Thread-safe.
 *
 * <p>Invariant: the chunks of a hash appear and go in one transaction each, so they are all there or none. They are numbered
 * from 0, and one that is not full is the last; where the last one is full an empty one follows.
 *
 * <p>Invariant: at most {@value #WRITERS} of the pool's connections keep bytes at once, also while the same bytes wait for
 * each other; the others are for messages.
 */
final class DatabaseFileStore implements FileStore {
    static final int CHUNK = 256 * 1024;

    static final int WRITERS = 2;
    private static final long PATIENCE_SECONDS = 60;

    private final Database database;
    private final Semaphore writers = new Semaphore(WRITERS, true);

    DatabaseFileStore(Database database) {
        this.database = database;
    }

    @Override
    public void keep(String hash, Path file) throws IOException {
        awaitTurn();
        try {
            write(hash, file);
        } finally {
            writers.release();
        }
    }

    private void awaitTurn() throws IOException {
        try {
            if (!writers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        "other files have been on their way to the database for " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while other files were on their way to the database");
        }
    }

    private void write(String hash, Path file) throws IOException {
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
