package chat.foyer.bench.server;

import chat.foyer.testing.Node;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.TestConfiguration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Foyer as people run it: the built WAR, started by {@code src/launcher/Run.java} with the configuration that we ship,
 * and with the limits off that a load generator would run into.
 */
public final class FoyerNodes implements Server {
    /** The options of the virtual machines that Foyer runs on. */
    public static final String JVM_OPTIONS = System.getProperty("bench.jvm");

    private static final Duration START_UP = Duration.ofSeconds(90);
    private static final Map<String, String> JVM = Map.of("JAVA_TOOL_OPTIONS", JVM_OPTIONS);

    /** The application servers that Foyer runs on, under the names that the launcher knows. */
    public enum Kind {
        PAYARA("payara"),
        WILDFLY("wildfly");

        private final String launcherName;

        Kind(String launcherName) {
            this.launcherName = launcherName;
        }
    }

    private final List<Launched> launchers = new ArrayList<>();
    private final List<InetSocketAddress> nodes = new ArrayList<>();
    private final List<Long> pids = new ArrayList<>();
    private final List<Path> leftovers = new ArrayList<>();
    private final Optional<PostgresProcess> postgres;
    private final Optional<String> database; // its URL, the same for all nodes
    private final Optional<RedisProcess> redis;
    private final Duration startUp;

    private FoyerNodes(Kind kind, Path war, Setup setup) {
        postgres =
                setup.storage() == Setup.Storage.POSTGRESQL ? Optional.of(PostgresProcess.start()) : Optional.empty();
        database = postgres.map(PostgresProcess::newDatabase);
        redis = setup.nodes() > 1 ? Optional.of(RedisProcess.start()) : Optional.empty();
        List<Map<String, String>> settings =
                Stream.generate(this::settings).limit(setup.nodes()).toList();
        if (setup.history() > 0) {
            History.fill(TestConfiguration.of(settings.get(0)), setup.history());
        }
        long begun = System.nanoTime();
        settings.forEach(ofNode -> launch(kind, war, ofNode));
        for (int i = 0; i < setup.nodes(); i++) {
            awaitReady(launchers.get(i), nodes.get(i));
        }
        startUp = Duration.ofNanos(System.nanoTime() - begun);
    }

    /** The WAR that Maven has built. */
    public static FoyerNodes start(Kind kind, Setup setup) {
        return start(kind, Path.of(System.getProperty("foyer.test.war")), setup);
    }

    public static FoyerNodes start(Kind kind, Path war, Setup setup) {
        return new FoyerNodes(kind, war, setup);
    }

    /** Of one node. */
    private Map<String, String> settings() {
        int port = ServerProcess.freePort();
        Path data = Workplace.DIRECTORY.resolve("data").resolve("node-" + port);
        leftovers.add(data);
        Map<String, String> settings = new LinkedHashMap<>();
        for (String limit : List.of("rate", "burst", "sockets", "sockets-per-address", "guest-rooms")) {
            settings.put("foyer.limits." + limit, "off");
        }
        settings.put("foyer.http.address", "127.0.0.1");
        settings.put("foyer.http.port", Integer.toString(port));
        settings.put("foyer.data-dir", data.toString());
        redis.ifPresent(server -> settings.put("foyer.redis.url", server.url()));
        postgres.ifPresent(server -> {
            settings.put("foyer.db.url", database.orElseThrow());
            settings.put("foyer.db.user", server.user());
        });
        return settings;
    }

    private void launch(Kind kind, Path war, Map<String, String> settings) {
        int port = Integer.parseInt(settings.get("foyer.http.port"));
        String name = kind.launcherName + "-" + port;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        Path servers = Path.of(System.getProperty("foyer.test.servers"));
        leftovers.add(servers.resolve("run-" + port)); // the launcher's directory
        command.add("src/launcher/Run.java");
        command.add(kind.launcherName);
        command.add(servers.toString());
        command.add(war.toString());
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

    @Override
    public Map<String, Double> heapKbByHolder() {
        return Heap.kbByHolder(pids.get(0));
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
