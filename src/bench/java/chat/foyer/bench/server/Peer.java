package chat.foyer.bench.server;

import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ServerProcess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Somebody else's way to do it, or the ceiling: one or more nodes of a small server that lives in {@code src/bench}. */
public final class Peer implements Server {
    private final List<Launched> launched = new ArrayList<>();
    private final List<InetSocketAddress> nodes = new ArrayList<>();
    private final List<RedisProcess> redis = new ArrayList<>();
    private final String name;

    private Peer(String name) {
        this.name = name;
    }

    /** Node's {@code ws} or Socket.IO, which {@link NodePackages} has installed; two nodes share a Redis. */
    public static Peer node(Path directory, int count) {
        Peer peer = new Peer(directory.getFileName().toString());
        if (count > 1) {
            peer.redis.add(RedisProcess.start());
        }
        peer.start(count, directory, Map.of(), port -> {
            List<String> command = new ArrayList<>(List.of("node", "server.js", Integer.toString(port)));
            peer.redis.forEach(server -> command.add(server.url()));
            return command;
        });
        return peer;
    }

    /** Django Channels behind Daphne, on a Redis of its own also when it is alone: that is its channel layer. */
    public static Peer django(int count) {
        String python = PythonPackages.DJANGO.interpreter().orElseThrow();
        Peer peer = new Peer("django");
        RedisProcess redis = RedisProcess.start();
        peer.redis.add(redis);
        peer.start(
                count,
                Path.of("src", "bench", "peers", "django"),
                Map.of("REDIS_URL", redis.url(), "PYTHONDONTWRITEBYTECODE", "1"),
                port -> List.of(
                        python,
                        "-m",
                        "daphne",
                        "-v",
                        "0",
                        "--websocket_connect_timeout",
                        "60", // or it resets those who come while thousands leave
                        "-p",
                        Integer.toString(port),
                        "server:application"));
        return peer;
    }

    /** Netty with coalesced writes. */
    public static Peer netty() {
        Peer peer = new Peer("netty");
        peer.start(
                1,
                Path.of("."),
                Map.of(),
                port -> List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseG1GC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CoalescedServer.class.getName(),
                        Integer.toString(port)));
        return peer;
    }

    private void start(int count, Path directory, Map<String, String> environment, IntFunction<List<String>> command) {
        IntStream.range(0, count).forEach(i -> {
            int port = ServerProcess.freePort();
            Path log = Workplace.DIRECTORY.resolve("logs").resolve(name + "-" + port + ".log");
            Launched server = Launched.start(command.apply(port), directory, log, environment);
            launched.add(server);
            server.awaitPort(port);
            nodes.add(new InetSocketAddress("127.0.0.1", port));
        });
    }

    @Override
    public List<InetSocketAddress> nodes() {
        return nodes;
    }

    @Override
    public List<Long> pids() {
        return launched.stream().map(server -> server.handle().pid()).toList();
    }

    @Override
    public List<Long> helpers() {
        return Launched.descendantsBut(launched);
    }

    @Override
    public double heapMbAfterCollection() {
        return 0;
    }

    @Override
    public Map<String, Double> heapKbByHolder() {
        return Map.of();
    }

    @Override
    public void close() {
        launched.forEach(Launched::close);
        redis.forEach(RedisProcess::close);
    }
}
