import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a server with the Foyer WAR at the context root, for `mvn` and for trying things out; not for production.
 *
 * <pre>java -Dfoyer.http.port=8080 -Dfoyer.data-dir=data src/launcher/Run.java payara target/servers target/ROOT.war</pre>
 *
 * The server runs as a child process with a fresh directory, {@code run-<port>} beside it, and is stopped together with
 * this one. It listens on all addresses, unless {@code foyer.http.address} or the environment variable
 * {@code FOYER_HTTP_ADDRESS} names one, such as 127.0.0.1. Every property that begins with {@code foyer.} is handed on,
 * and so is the environment.
 */
public final class Run {
    private static final Path CONFIGURATION = Path.of("payara-config");

    private final int port = Integer.getInteger("foyer.http.port", 8080);
    private final String address =
            System.getProperty("foyer.http.address", System.getenv().getOrDefault("FOYER_HTTP_ADDRESS", "0.0.0.0"));
    private final Path servers;
    private final Path war;
    private final Path directory;

    private Run(Path servers, Path war) {
        this.servers = servers;
        this.war = war;
        this.directory = servers.resolve("run-" + port);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3 || !List.of("payara", "wildfly").contains(arguments[0])) {
            System.err.println(
                    "Usage: java [-Dfoyer.http.port=8080] src/launcher/Run.java payara|wildfly <servers> <war>");
            System.exit(2);
        }
        Run run = new Run(absolute(arguments[1]), absolute(arguments[2]));
        run.checkPort();
        run.clearDirectory();
        System.exit(start(arguments[0].equals("payara") ? run.payara() : run.wildfly()));
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /** Tries all addresses: a program that listens on another one would still take part of the visitors. */
    private void checkPort() throws IOException {
        try {
            new ServerSocket(port).close();
        } catch (BindException e) {
            boolean forbidden = String.valueOf(e.getMessage()).contains("ermission");
            fail(forbidden ? "not open to this user. Run as one who may use it" : "taken. Stop what uses it", port + 1);
        } catch (IllegalArgumentException e) {
            fail("no port. Write a number up to 65535", 8080);
        }
    }

    private void fail(String mistake, int other) {
        System.err.printf("Port %d is %s, or choose another: mvn -Dfoyer.http.port=%d%n", port, mistake, other);
        System.exit(1);
    }

    /** Nothing of an earlier run, neither configuration nor deployment, may matter. */
    private void clearDirectory() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> leftovers = Files.walk(directory)) {
                leftovers.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        Files.createDirectories(directory);
    }

    private List<String> payara() throws IOException {
        Path preboot = directory.resolve("preboot.asadmin");
        Files.writeString(
                preboot,
                Files.readString(CONFIGURATION.resolve("preboot.asadmin"))
                        + "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address="
                        + address + "\n");
        List<String> command = java();
        command.addAll(List.of("-jar", servers.resolve("payara-micro.jar").toString()));
        command.addAll(List.of("--nohazelcast", "--port", String.valueOf(port)));
        command.addAll(List.of("--rootdir", directory.resolve("payara").toString()));
        command.addAll(List.of("--deploy", war.toString(), "--contextroot", "/"));
        command.addAll(List.of("--prebootcommandfile", preboot.toString()));
        command.addAll(List.of(
                "--postbootcommandfile",
                CONFIGURATION.resolve("postboot.asadmin").toString()));
        command.addAll(List.of(
                "--logproperties", CONFIGURATION.resolve("logging.properties").toString()));
        return command;
    }

    private List<String> wildfly() throws IOException {
        Path home;
        try (Stream<Path> found = Files.list(servers)) {
            home = found.filter(path -> path.getFileName().toString().startsWith("wildfly-"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        Path deployments = Files.createDirectories(directory.resolve("deployments"));
        Files.copy(war, deployments.resolve("ROOT.war"));
        Path configuration = Files.createDirectories(directory.resolve("configuration"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            files.filter(Files::isRegularFile).forEach(file -> copy(file, configuration));
        }
        Path settings = configuration.resolve("standalone.xml"); // the server whispers, Foyer speaks; no colour codes
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceFirst(
                                "<root-logger>\\s*<level name=\"INFO\"/>",
                                "<logger category=\"chat.foyer\"><level name=\"INFO\"/></logger><root-logger><level name=\"WARN\"/>")
                        .replace("<named-formatter name=\"COLOR-PATTERN\"/>", "<named-formatter name=\"PATTERN\"/>"));
        List<String> command = java();
        command.add("-Djava.net.preferIPv4Stack=true");
        // the packages that WildFly's own bin/standalone.sh opens
        command.add("--add-exports=java.desktop/sun.awt=ALL-UNNAMED");
        for (String url : List.of("ldap", "url.ldap", "url.ldaps")) {
            command.add("--add-exports=java.naming/com.sun.jndi." + url + "=ALL-UNNAMED");
        }
        for (String name :
                List.of("lang", "lang.invoke", "lang.reflect", "io", "net", "security", "util", "util.concurrent")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.add("--add-opens=java.management/javax.management=ALL-UNNAMED");
        command.add("--add-opens=java.naming/javax.naming=ALL-UNNAMED");
        command.addAll(List.of(
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString()));
        command.addAll(
                List.of("org.jboss.as.standalone", "-Djboss.home.dir=" + home, "-Djboss.server.base.dir=" + directory));
        command.addAll(List.of("-Djboss.bind.address=" + address, "-Djboss.http.port=" + port));
        command.addAll(List.of("-Djboss.https.port=0", "-Djboss.management.http.port=0")); // any free port
        return command;
    }

    private static void copy(Path file, Path directory) {
        try {
            Files.copy(file, directory.resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-Dfoyer.exit-on-failure=true");
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("foyer."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        return command;
    }

    /** Ctrl-C reaches the child by itself; the hook is for a signal to this process only. */
    private static int start(List<String> command) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.destroy();
            server.onExit().join();
        }));
        return server.waitFor();
    }
}
