package chat.foyer.bench.server;

import chat.foyer.testing.Node;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ServerProcess;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * Foyer as people run it: the built WAR, started by {@code src/launcher/Run.java} with the configuration that we ship,
 * and with the limits off that a load generator would run into.
 */
public final class FoyerNodes implements Server {
    private static final Duration START_UP = Duration.ofSeconds(90);
    private static final Map<String, String> JVM = Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:+UseG1GC");

    /** The application servers that Foyer runs on, under the names that the launcher knows. */
    public enum Kind {
        PAYARA("payara"),
        WILDFLY("wildfly");

        private final String launcherName;

        Kind(String launcherName) {
            this.launcherName = launcherName;
        }
    }

    /** Where the messages are kept. */
    public enum Storage {
        H2,
        POSTGRESQL
    }

    private final List<Launched> launchers = new ArrayList<>();
    private final List<InetSocketAddress> nodes = new ArrayList<>();
    private final List<Long> pids = new ArrayList<>();
    private final List<Path> leftovers = new ArrayList<>();
    private final Optional<PostgresProcess> postgres;
    private final Optional<RedisProcess> redis;
    private final Duration startUp;

    private FoyerNodes(Kind kind, Storage storage, int count) {
        postgres = storage == Storage.POSTGRESQL ? Optional.of(PostgresProcess.start()) : Optional.empty();
        redis = count > 1 ? Optional.of(RedisProcess.start()) : Optional.empty();
        Map<String, String> settings = settings();
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            launch(kind, settings);
        }
        for (int i = 0; i < count; i++) {
            awaitReady(launchers.get(i), nodes.get(i));
        }
        startUp = Duration.ofNanos(System.nanoTime() - begun);
    }

    public static FoyerNodes start(Kind kind, Storage storage, int count) {
        return new FoyerNodes(kind, storage, count);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String limit : List.of("rate", "burst", "sockets", "sockets-per-address", "guest-rooms")) {
            settings.put("foyer.limits." + limit, "off");
        }
        settings.put("foyer.http.address", "127.0.0.1");
        redis.ifPresent(server -> settings.put("foyer.redis.url", server.url()));
        postgres.ifPresent(server -> {
            settings.put("foyer.db.url", server.newDatabase());
            settings.put("foyer.db.user", server.user());
        });
        return settings;
    }

    private void launch(Kind kind, Map<String, String> settings) {
        int port = ServerProcess.freePort();
        String name = kind.launcherName + "-" + port;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dfoyer.http.port=" + port);
        Path data = Workplace.DIRECTORY.resolve("data").resolve(name);
        Path servers = Path.of(System.getProperty("foyer.test.servers"));
        leftovers.addAll(List.of(data, servers.resolve("run-" + port))); // the launcher's directory
        command.add("-Dfoyer.data-dir=" + data);
        command.add("src/launcher/Run.java");
        command.add(kind.launcherName);
        command.add(servers.toString());
        command.add(System.getProperty("foyer.test.war"));
        Path log = Workplace.DIRECTORY.resolve("logs").resolve(name + ".log");
        launchers.add(Launched.start(command, Path.of("."), log, JVM));
        nodes.add(new InetSocketAddress("127.0.0.1", port));
    }

    private void awaitReady(Launched launcher, InetSocketAddress address) {
        Node node = Node.at(URI.create("http://localhost:" + address.getPort()));
        try {
            Awaitility.await("a ready node")
                    .atMost(START_UP)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> !launcher.isAlive() || node.get("chat/").statusCode() == 200);
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("The server did not start:\n" + launcher.log(), e);
        }
        if (!launcher.isAlive()) {
            close();
            throw new IllegalStateException("The server ended:\n" + launcher.log());
        }
        pids.add(launcher.handle()
                .children()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The launcher runs no server"))
                .pid());
    }

    @Override
    public List<InetSocketAddress> nodes() {
        return nodes;
    }

    @Override
    public List<Long> pids() {
        return pids;
    }

    @Override
    public List<Long> helpers() {
        return Launched.descendantsBut(launchers);
    }

    @Override
    public double heapMbAfterCollection() {
        return pids.stream().mapToDouble(Heap::mbAfterCollection).sum();
    }

    /** How long it took until every node had shown its first page, from the start of the first process. */
    public Duration startUp() {
        return startUp;
    }

    @Override
    public void close() {
        launchers.forEach(Launched::close);
        leftovers.forEach(Workplace::remove);
        redis.ifPresent(RedisProcess::close);
        postgres.ifPresent(PostgresProcess::close);
    }
}
