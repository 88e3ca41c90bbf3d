package chat.foyer.bench.layer;

import chat.foyer.bench.Contender;
import chat.foyer.bench.server.PythonPackages;
import chat.foyer.bench.server.Workplace;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.RedisProcess;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A program with one contender's channel layer, in a fresh process with a fresh bus, from the side of the benchmark. One
 * thread.
 */
public final class LayerProgram implements AutoCloseable {
    private static final Path PEER = Path.of("src", "bench", "peers", "channels_redis", "peer.py");
    private static final int MAX_SECONDS = 150; // of one order, with all the patience there is
    private static final int STOP_SECONDS = 10;

    private final List<Runnable> buses = new ArrayList<>(); // how to end each
    private final Path log;
    private final Process process;
    private final BufferedReader answers;

    private LayerProgram(Contender contender) {
        log = Workplace.DIRECTORY.resolve("logs").resolve(contender.name() + ".log");
        try {
            Files.createDirectories(log.getParent());
            process = new ProcessBuilder(command(contender))
                    .redirectError(log.toFile())
                    .start();
        } catch (IOException e) {
            buses.forEach(Runnable::run);
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the program of a contender that is a channel layer, and the bus that it needs. */
    public static LayerProgram start(Contender contender) {
        return new LayerProgram(contender);
    }

    private List<String> command(Contender contender) {
        return switch (contender) {
            case MEMORY_LAYER -> java("memory");
            case REDIS_LAYER -> java("redis", redis());
            case DATABASE_LAYER -> {
                PostgresProcess postgres = PostgresProcess.start();
                buses.add(postgres::close);
                yield java("database", postgres.newDatabase(), postgres.user());
            }
            case CHANNELS_REDIS ->
                List.of(PythonPackages.LAYER.interpreter().orElseThrow(), PEER.toString(), "send", redis());
            default -> throw new IllegalArgumentException(contender + " is no channel layer");
        };
    }

    private String redis() {
        RedisProcess redis = RedisProcess.start();
        buses.add(redis::close);
        return redis.url();
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-cp",
                System.getProperty("java.class.path"),
                FoyerLayers.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Has it measure this, and waits for what comes of it. */
    public LayerAnswer measure(LayerPoint point) {
        try {
            process.getOutputStream().write((point.order().json() + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String line = CompletableFuture.supplyAsync(this::nextLine)
                    .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
                    .join();
            try (JsonReader json = Json.createReader(new StringReader(line))) {
                return LayerAnswer.of(json.readObject());
            }
        } catch (IOException | CompletionException e) {
            throw new IllegalStateException("No answer from the program; it says in " + log + ": " + e, e);
        }
    }

    private String nextLine() {
        try {
            return Optional.ofNullable(answers.readLine()).orElseThrow(() -> new IllegalStateException("it has ended"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close(); // which ends it
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // it has ended already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        buses.forEach(Runnable::run);
    }
}
