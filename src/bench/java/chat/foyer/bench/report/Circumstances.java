package chat.foyer.bench.report;

import chat.foyer.bench.server.FoyerNodes;
import chat.foyer.bench.server.PythonPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When, where and with what something was measured. */
public final class Circumstances {
    private static final Path PEERS = Path.of("src", "bench", "peers");
    private static final double KIB_PER_GIB = 1024 * 1024;

    private Circumstances() {}

    public static Map<String, String> now(String suite, int rounds) {
        Map<String, String> now = new LinkedHashMap<>();
        now.put(
                "date",
                OffsetDateTime.now(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString());
        now.put("command", "mvn -B -Pbench verify -Dbench.only=" + suite + " -Dbench.rounds=" + rounds);
        now.put("commit", output("git", "describe", "--always", "--dirty"));
        now.put("processor", first("/proc/cpuinfo", "model name\\s*:\\s*(.*)"));
        now.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        double memory = Long.parseLong(first("/proc/meminfo", "MemTotal:\\s*(\\d+)")) / KIB_PER_GIB;
        now.put("memory", Math.round(memory) + " GiB");
        now.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        now.put("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        now.put("JVM of Foyer", FoyerNodes.JVM_OPTIONS);
        now.put("Payara Micro", System.getProperty("bench.payara", "?"));
        now.put("WildFly", System.getProperty("bench.wildfly", "?"));
        now.put("Node.js", output("node", "--version"));
        now.put("ws", dependency("ws", "ws"));
        now.put("Socket.IO", dependency("socketio", "socket.io"));
        now.put("Django", python(PythonPackages.DJANGO, "django"));
        now.put("Django Channels", python(PythonPackages.DJANGO, "channels"));
        now.put("Daphne", python(PythonPackages.DJANGO, "daphne"));
        now.put("channels_redis", python(PythonPackages.LAYER, "channels_redis"));
        now.put("Netty", System.getProperty("bench.netty", "?"));
        now.put("Redis", match(output("redis-server", "--version"), "v=(\\S+)"));
        now.put("PostgreSQL", match(output("postgres", "--version"), "([\\d.]+)"));
        return now;
    }

    private static String python(PythonPackages packages, String module) {
        return packages.version(module).orElse("not on this machine");
    }

    private static String dependency(String peer, String name) {
        return first(PEERS.resolve(peer).resolve("package.json").toString(), "\"" + name + "\": \"([^\"]+)\"");
    }

    private static String first(String file, String pattern) {
        try {
            return match(Files.readString(Path.of(file)), pattern);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String match(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "not on the path";
    }

    private static String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "not on the path";
        }
    }
}
