package chat.foyer.file;

import chat.foyer.config.Configuration;
import chat.foyer.config.Limit;
import chat.foyer.config.Settings;
import chat.foyer.digest.Sha256;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.words.Phrase;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.slf4j.LoggerFactory;

/**
 * Takes in what clients send, a buffer at a time, into temporary files of this node. Thread-safe; waits for the client.
 *
 * <p>Invariant: what is longer than the limit, shorter than was said or cut off, or comes too slowly, leaves nothing behind, and what a process
 * leaves that is killed goes when the next one starts.
 */
@ApplicationScoped
public class Intake {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Intake.class), 1);
    private static final int BUFFER = 64 * 1024;

    /** Bytes a second below which an upload is ended: whoever sends a byte now and then must not keep a place from others. */
    private static final long LEAST_PACE = 16 * 1024;

    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final long MAX_SKIPPED = 4L * 1024 * 1024;

    @Inject
    Configuration configuration;

    @Inject
    UploadLimit uploadLimit;

    private Path directory;

    @PostConstruct
    void start() {
        directory = configuration.get(Settings.DATA_DIR).resolve("uploads");
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
                left.forEach(Received::remove);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be called at start, so that what a killed process has left is gone then. */
    void begin() {
        // CDI has called start() before
    }

    /**
     * Reads a body to its end.
     *
     * @param declared how long its client says that it is; empty when it does not say
     * @throws ChatException ({@link Fault#TOO_LARGE}, {@link Fault#EMPTY}, {@link Fault#MALFORMED} when it ended too early, {@link Fault#TOO_SLOW} when it came too slowly,
     *     {@link Fault#UNAVAILABLE} when this node cannot write it)
     */
    Received receive(InputStream body, OptionalLong declared) {
        Limit limit = uploadLimit.get();
        if (limit.exceededBy(declared.orElse(0))) {
            throw tooLarge(limit);
        }
        Path path = Received.newPath(directory);
        boolean whole = false;
        try {
            Received received = copy(body, path, limit);
            if (declared.isPresent() && received.size() != declared.getAsLong()) {
                throw cutOff();
            }
            if (received.size() == 0) {
                throw new ChatException(Fault.EMPTY, Phrase.of("fault.file.empty"));
            }
            whole = true;
            return received;
        } finally {
            if (!whole) {
                Received.remove(path);
            }
        }
    }

    private static Received copy(InputStream body, Path path, Limit limit) {
        MessageDigest digest = Sha256.begin();
        long begin = System.nanoTime();
        long size = 0;
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = read(body, buffer); count >= 0; count = read(body, buffer)) {
                size += count;
                if (limit.exceededBy(size)) {
                    skip(body);
                    throw tooLarge(limit);
                }
                if (isTooSlow(size, Duration.ofNanos(System.nanoTime() - begin))) {
                    throw new ChatException(Fault.TOO_SLOW, Phrase.of("fault.file.slow"));
                }
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            LOG.warn("An upload cannot be written: {}", e);
            throw new ChatException(Fault.UNAVAILABLE, Phrase.of("fault.file.unstored"));
        }
        return new Received(path, HexFormat.of().formatHex(digest.digest()), size);
    }

    static boolean isTooSlow(long size, Duration since) {
        return since.compareTo(GRACE) > 0 && size / since.toSeconds() < LEAST_PACE;
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw cutOff();
        }
    }

    private static ChatException cutOff() {
        return new ChatException(Fault.MALFORMED, Phrase.of("fault.file.cut"));
    }

    /** Many clients hear an answer only when they have said everything. */
    private static void skip(InputStream body) {
        try {
            body.skip(MAX_SKIPPED);
        } catch (IOException e) {
            LOG.warn("A client that sent too much has gone: {}", e);
        }
    }

    private static ChatException tooLarge(Limit limit) {
        return new ChatException(Fault.TOO_LARGE, Phrase.of("fault.file.large", limit));
    }
}
