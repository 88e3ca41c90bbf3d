package chat.foyer.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Records where the first node of a server spends its time, into {@code target/bench/jfr}. */
public final class FlightRecording {
    private FlightRecording() {}

    /** Begins a little later and ends by itself. */
    public static void schedule(Server server, String name, Duration delay, Duration duration) {
        long pid = server.pids().get(0);
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> start(pid, name, duration));
    }

    private static void start(long pid, String name, Duration duration) {
        try {
            Path directory = Files.createDirectories(Workplace.DIRECTORY.resolve("jfr"));
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "JFR.start",
                            "settings=profile",
                            "duration=" + duration.toSeconds() + "s",
                            "filename=" + directory.resolve(name + ".jfr"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
