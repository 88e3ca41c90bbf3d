package chat.foyer.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The samples that show administrators how to define a data source in their server, with the values of a test.
 *
 * @param database {@code postgresql://host:port/name}
 */
record DataSourceSample(URI database, String user) {
    private static final Path PAYARA = Path.of("payara-config", "data-source.asadmin");
    private static final Path WILDFLY = Path.of("src", "main", "wildfly", "data-source.cli");

    private static Path driver() {
        try {
            return Path.of(org.postgresql.Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Payara Micro gets on its command line besides. */
    List<String> forPayara(Path home) throws IOException {
        String commands = Files.readString(PAYARA);
        commands = replace(commands, "serverName=localhost", "serverName=" + database.getHost());
        commands = replace(commands, "portNumber=5432", "portNumber=" + database.getPort());
        commands = replace(commands, "databaseName=foyer", "databaseName=" + name());
        commands = replace(commands, "user=foyer", "user=" + user);
        Path file = Files.writeString(home.resolve("data-source.asadmin"), commands);
        return List.of("--addlibs", driver().toString(), "--postbootcommandfile", file.toString());
    }

    /** Where the driver becomes a module of WildFly. */
    static Path modules(Path home) {
        return home.resolve("modules");
    }

    /** Runs the sample on the stopped WildFly whose base directory is {@code standalone} here. */
    void configureWildFly(Path home) throws IOException {
        String commands = Files.readString(WILDFLY);
        commands = replace(commands, "//localhost:5432/foyer", "//" + database.getAuthority() + "/" + name());
        commands = replace(commands, "--user-name=foyer", "--user-name=" + user);
        Path root = Files.createDirectories(modules(home));
        commands = replace(commands, "module add ", "module add --module-root-dir=" + root + " ");
        Files.copy(driver(), home.resolve("postgresql.jar"));
        Path file = Files.writeString(home.resolve("data-source.cli"), commands);
        Path installation = Path.of(System.getProperty("foyer.test.wildfly"));
        ProcessBuilder cli = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djboss.server.base.dir=" + home.resolve("standalone"),
                        "-jar",
                        installation.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        installation.resolve("modules").toString(),
                        "org.jboss.as.cli",
                        "--file=" + file)
                .directory(home.toFile())
                .redirectErrorStream(true);
        cli.environment().put("JBOSS_HOME", installation.toString());
        Process running = cli.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (running.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private String name() {
        return database.getPath().substring(1);
    }

    /** A sample that no longer holds what is replaced must fail the test. */
    private static String replace(String text, String sample, String value) {
        if (!text.contains(sample)) {
            throw new IllegalStateException("The sample does not hold " + sample);
        }
        return text.replace(sample, value);
    }
}
