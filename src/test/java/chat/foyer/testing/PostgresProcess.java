package chat.foyer.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real PostgreSQL server with fsync on, of the programs on the path or else of those that Maven brings. */
public final class PostgresProcess implements AutoCloseable {
    private static final String USER = "foyer";

    private final Path programs;
    private final int port;
    private final Path data;
    private Process process;

    private PostgresProcess(Path programs, int port, Path data) {
        this.programs = programs;
        this.port = port;
        this.data = data;
    }

    public static PostgresProcess start() {
        try {
            Path programs = OnPath.find("initdb").map(Path::getParent).orElseGet(PostgresProcess::unpacked);
            Path data = Files.createTempDirectory("postgres-");
            if (isRoot()) { // PostgreSQL refuses to run as root
                run(List.of("chown", "nobody", data.toString()));
            }
            run(asNobody(
                    programs.resolve("initdb").toString(),
                    "-D",
                    data.toString(),
                    "-U",
                    USER,
                    "--auth=trust",
                    "-E",
                    "UTF8"));
            PostgresProcess postgres = new PostgresProcess(programs, ServerProcess.freePort(), data);
            postgres.restart();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The programs that Maven brings, where everybody can run them; they are unpacked by starting them once. */
    private static Path unpacked() {
        Path directory =
                Path.of(System.getProperty("java.io.tmpdir"), "foyer-postgres-" + System.getProperty("user.name"));
        try {
            EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .start()
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Stream<Path> files = Files.find(directory, 3, (path, kind) -> path.endsWith(Path.of("bin", "initdb")))) {
            return files.findFirst()
                    .map(Path::getParent)
                    .orElseThrow(() -> new IllegalStateException("no initdb below " + directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, after it was killed with what it had written. */
    public void restart() {
        try {
            List<String> command = asNobody(
                    programs.resolve("postgres").toString(),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=" + data);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Files.createTempFile("postgres-", ".log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("PostgreSQL on port " + port)
                .atMost(Duration.ofSeconds(60))
                .until(this::accepts);
    }

    private boolean accepts() {
        try (Connection connection = DriverManager.getConnection(url(), user(), "")) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    /** An empty database of its own. */
    public String newDatabase() {
        String name = "db" + Long.toHexString(System.nanoTime());
        try (Connection connection = DriverManager.getConnection(url(), user(), "")) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url().replaceFirst("/postgres$", "/" + name);
    }

    private static List<String> asNobody(String... command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups"));
        }
        whole.addAll(Arrays.asList(command));
        return whole;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As when the machine loses power, except for what its disk keeps: nothing is said to anybody. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
