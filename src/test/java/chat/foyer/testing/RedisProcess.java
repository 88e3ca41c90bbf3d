package chat.foyer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.embedded.RedisExecProvider;

/** A real Redis server: the one on the path, else the one that Maven brings. */
public final class RedisProcess implements AutoCloseable {
    private final int port;
    private final List<String> options;
    private Process process;
    private Connection keeper; // the one client while nobody else is admitted

    private RedisProcess(int port, List<String> options) {
        this.port = port;
        this.options = options;
    }

    public static RedisProcess start(String... options) {
        return startOn(ServerProcess.freePort(), options);
    }

    public static RedisProcess startOn(int port, String... options) {
        RedisProcess redis = new RedisProcess(port, List.of(options));
        redis.restart();
        return redis;
    }

    /** Starts it again, empty, on the same port. */
    public void restart() {
        try {
            List<String> command = new ArrayList<>(List.of(
                    executable(),
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no"));
            command.addAll(options);
            Path log = Files.createTempFile("redis-", ".log");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Redis on port " + port).atMost(Duration.ofSeconds(20)).until(this::accepts);
    }

    private static String executable() throws IOException {
        Optional<Path> onPath = OnPath.find("redis-server");
        return onPath.isPresent() ? onPath.get().toString() : broughtByMaven();
    }

    private static String broughtByMaven() throws IOException {
        return RedisExecProvider.defaultProvider().get().toString();
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Sends a command and returns the answer as text. */
    public String command(String name, String... arguments) {
        try (Connection connection = connection()) {
            connection.sendCommand(Protocol.Command.valueOf(name.toUpperCase(Locale.ROOT)), arguments);
            Object answer = connection.getOne();
            return answer instanceof byte[] bytes
                    ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                    : String.valueOf(answer);
        }
    }

    /** Admits nobody any more, and throws out who is there. */
    public void refuse() {
        keeper = connection();
        keeper.sendCommand(Protocol.Command.CONFIG, "SET", "maxclients", "1");
        keeper.getOne();
        for (String type : List.of("pubsub", "normal")) {
            keeper.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", type, "SKIPME", "yes");
            keeper.getOne();
        }
    }

    /** Admits everybody again. */
    public void admit() {
        keeper.sendCommand(Protocol.Command.CONFIG, "SET", "maxclients", "1000");
        keeper.getOne();
        keeper.close();
    }

    private Connection connection() {
        return new Connection(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().build());
    }

    /** Freezes the process, as a machine that hangs; its sockets stay open. */
    public void pause() {
        Command.signal(process, "STOP");
    }

    public void resume() {
        Command.signal(process, "CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    public void kill() {
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
