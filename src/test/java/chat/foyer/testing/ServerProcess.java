package chat.foyer.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A server of its own with the built WAR, for what Arquillian cannot do: several nodes, settings that fail, killing.
 * The process ends with the test, at the latest with the JVM.
 */
public final class ServerProcess implements AutoCloseable {

    /** The servers that Foyer runs on. */
    public enum Kind {
        PAYARA,
        WILDFLY;

        /** The one that the Maven profile is about. */
        public static Kind current() {
            return valueOf(System.getProperty("foyer.test.server").toUpperCase(java.util.Locale.ROOT));
        }
    }

    private static final Duration START_UP = Duration.ofSeconds(90);
    static final Path WAR = Path.of(System.getProperty("foyer.test.war"));
    private static final Path SERVERS = Path.of(System.getProperty("foyer.test.servers"));
    static final Path DATA = Path.of(System.getProperty("foyer.test.data"));

    private final List<String> command;
    private final Map<String, String> environment;
    private final Node node;
    private final Path log;
    private Process process;

    private ServerProcess(List<String> command, Map<String, String> environment, Node node, Path log)
            throws IOException {
        this.command = command;
        this.environment = environment;
        this.node = node;
        this.log = log;
        run();
    }

    /**
     * What is unusual about a start.
     *
     * @param war what is deployed
     * @param prefix a command that runs the server's, such as {@code ip netns exec …}
     * @param host where the server is reached
     * @param environment further variables
     */
    public record Unusual(Path war, List<String> prefix, String host, Map<String, String> environment) {
        /** Nothing is. */
        public static Unusual not() {
            return new Unusual(WAR, List.of(), "localhost", Map.of());
        }

        public Unusual withWar(Path other) {
            return new Unusual(other, prefix, host, environment);
        }

        public Unusual runBy(String... command) {
            return new Unusual(war, List.of(command), host, environment);
        }

        public Unusual at(String address) {
            return new Unusual(war, prefix, address, environment);
        }

        public Unusual with(Map<String, String> variables) {
            return new Unusual(war, prefix, host, variables);
        }
    }

    private void run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    }

    /** Ends it as a crash does: nothing is closed, nothing is said. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it where it stands, as a machine that hangs; its sockets stay open. */
    public void pause() {
        Command.signal(process, "STOP");
    }

    public void resume() {
        Command.signal(process, "CONT");
    }

    /** Starts it again with the same settings, data and port, and waits until it is ready. */
    public void restart() {
        try {
            run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    /** Starts a node and waits until it is ready. */
    public static ServerProcess start(Kind kind, Map<String, String> settings) {
        return start(kind, settings, "/");
    }

    /** Starts a node below a context root such as {@code /foyer}, and waits until it is ready. */
    public static ServerProcess start(Kind kind, Map<String, String> settings, String contextRoot) {
        ServerProcess server = launch(kind, settings, contextRoot, Unusual.not());
        server.awaitReady();
        return server;
    }

    /** Starts a node in an unusual way and waits until it is ready. */
    public static ServerProcess start(Kind kind, Map<String, String> settings, Unusual unusual) {
        ServerProcess server = launch(kind, settings, "/", unusual);
        server.awaitReady();
        return server;
    }

    private void awaitReady() {
        try {
            Awaitility.await("a ready server")
                    .atMost(START_UP)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() ->
                            !process.isAlive() || node.get("ops/health/ready").statusCode() == 200);
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("The server did not start:\n" + log(), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("The server ended:\n" + log());
        }
    }

    /** Starts a node and does not wait. */
    public static ServerProcess launch(Kind kind, Map<String, String> settings) {
        return launch(kind, settings, "/", Unusual.not());
    }

    /**
     * Starts a node with a data source of the server's own, as the samples for administrators define one, and waits until
     * it is ready.
     *
     * @param url of an empty PostgreSQL database, {@code jdbc:postgresql://host:port/name}
     */
    public static ServerProcess startWithDataSource(Kind kind, String url, String user) {
        String jndi = kind == Kind.PAYARA ? "jdbc/foyer" : "java:jboss/datasources/Foyer";
        DataSourceSample sample = new DataSourceSample(URI.create(url.substring("jdbc:".length())), user);
        ServerProcess server = launch(kind, Map.of("foyer.db.jndi", jndi), "/", Unusual.not(), Optional.of(sample));
        server.awaitReady();
        return server;
    }

    /** Starts a node in an unusual way and does not wait. */
    public static ServerProcess launch(Kind kind, Map<String, String> settings, Unusual unusual) {
        return launch(kind, settings, "/", unusual);
    }

    private static ServerProcess launch(Kind kind, Map<String, String> settings, String contextRoot, Unusual unusual) {
        return launch(kind, settings, contextRoot, unusual, Optional.empty());
    }

    private static ServerProcess launch(
            Kind kind,
            Map<String, String> settings,
            String contextRoot,
            Unusual unusual,
            Optional<DataSourceSample> sample) {
        try {
            Files.createDirectories(DATA);
            Path home = Files.createTempDirectory(DATA, kind.name().toLowerCase(java.util.Locale.ROOT) + "-");
            int port = freePort();
            List<String> command = new ArrayList<>(unusual.prefix());
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
            if (!settings.containsKey("foyer.data-dir")) {
                command.add("-Dfoyer.data-dir=" + home.resolve("data"));
            }
            if (!settings.containsKey("foyer.limits.guest-rooms")) {
                command.add("-Dfoyer.limits.guest-rooms=off"); // all guests of a test call from one address
            }
            settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
            if (kind == Kind.WILDFLY && !unusual.host().equals("localhost")) {
                command.add("-Djboss.bind.address=0.0.0.0");
            }
            command.addAll(
                    kind == Kind.PAYARA
                            ? payara(unusual.war(), port, home, contextRoot)
                            : wildfly(unusual.war(), port, home, contextRoot));
            if (sample.isPresent() && kind == Kind.PAYARA) {
                command.addAll(sample.get().forPayara(home));
            } else if (sample.isPresent()) {
                sample.get().configureWildFly(home);
            }
            Path log = home.resolve("server.log");
            Node node = Node.at(URI.create("http://" + unusual.host() + ":" + port + contextRoot));
            return new ServerProcess(command, unusual.environment(), node, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> payara(Path built, int port, Path home, String contextRoot) throws IOException {
        Path war = built;
        if (!contextRoot.equals("/")) { // Payara Micro serves ROOT.war at / whatever the option says
            war = Files.copy(built, home.resolve("foyer.war"));
        }
        return List.of(
                "-jar",
                SERVERS.resolve("payara-micro.jar").toString(),
                "--nohazelcast",
                "--port",
                Integer.toString(port),
                "--contextroot",
                contextRoot,
                "--deploy",
                war.toString(),
                "--prebootcommandfile", // as README and image start it
                Path.of("payara-config", "preboot.asadmin").toAbsolutePath().toString());
    }

    private static List<String> wildfly(Path war, int port, Path home, String contextRoot) throws IOException {
        Path installation = Path.of(System.getProperty("foyer.test.wildfly"));
        Path base = home.resolve("standalone");
        copy(installation.resolve("standalone/configuration"), base.resolve("configuration"));
        admitUploads(base.resolve("configuration/standalone.xml"));
        Files.createDirectories(base.resolve("deployments"));
        String name = contextRoot.equals("/") ? "ROOT.war" : contextRoot.substring(1) + ".war";
        Files.copy(war, base.resolve("deployments").resolve(name));
        List<String> command = new ArrayList<>();
        for (String opened : Arrays.asList(
                "java.base/java.lang",
                "java.base/java.lang.invoke",
                "java.base/java.lang.reflect",
                "java.base/java.io",
                "java.base/java.net",
                "java.base/java.security",
                "java.base/java.util",
                "java.base/java.util.concurrent",
                "java.management/javax.management",
                "java.naming/javax.naming")) {
            command.add("--add-opens=" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Djboss.home.dir=" + installation,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + freePort(),
                "-Djboss.management.http.port=" + freePort(),
                "-Djboss.management.https.port=" + freePort(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                installation.resolve("jboss-modules.jar").toString(),
                "-mp",
                installation.resolve("modules") + File.pathSeparator + DataSourceSample.modules(home),
                "org.jboss.as.standalone"));
        return command;
    }

    /** As {@code src/main/wildfly/configure.cli} does; a stock WildFly refuses more than 10 MB. */
    private static void admitUploads(Path configuration) throws IOException {
        String stock = Files.readString(configuration);
        Files.writeString(
                configuration, stock.replaceAll("<https?-listener name=\"\\w+\"", "$0 max-post-size=\"60000000\""));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** A TCP port that nothing listens on right now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Node node() {
        return node;
    }

    public Process process() {
        return process;
    }

    /** Where it keeps its files, unless the settings say otherwise. */
    public Path dataDirectory() {
        return log.resolveSibling("data");
    }

    /** Everything that the server has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much of its heap is in use after a collection, in MiB. */
    public double heapMegabytes() {
        jcmd("GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd tells no heap");
        }
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    /** How many threads it has. */
    public long threads() {
        return jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\""))
                .count();
    }

    private String jcmd(String command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Command.run(program, Long.toString(process.pid()), command);
    }

    /** How many entries it has logged so far; a line of a stack trace counts as one, since none should be there. */
    public long logEntries() {
        return log().lines()
                .map(line -> line.replaceAll("\u001B\\[[;\\d]*m", "")) // WildFly logs in colours
                .filter(line -> line.matches("\\[\\d{4}-\\d\\d-.*|\\d\\d:\\d\\d:\\d\\d,.*|\\s+at .*"))
                .count();
    }

    /** The file whose deletion makes WildFly undeploy. */
    public Path deploymentMarker() {
        return log.resolveSibling("standalone/deployments/ROOT.war.deployed");
    }

    @Override
    public void close() {
        stop();
    }

    /** Ends it as an administrator does. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
