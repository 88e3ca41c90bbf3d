package chat.foyer.bench.layer;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.MemoryChannelLayer;
import chat.foyer.channel.database.DatabaseNodes;
import chat.foyer.channel.redis.RedisNodes;
import chat.foyer.config.Capacities;
import chat.foyer.database.Database;
import chat.foyer.testing.TestConfiguration;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A program with one of Foyer's channel layers. Each line of its standard input is a {@link LayerOrder}, each of its standard
 * output a {@link LayerAnswer}; it ends when the former does. Each order gets layers of its own, a sending node's and a
 * receiving one's, where the bus reaches several.
 */
public final class FoyerLayers {
    private static final Duration CONNECTING = Duration.ofSeconds(30);
    private static final double PATIENCE_SECONDS = 30;

    /** Opens layers of one bus. */
    private interface Bus {
        ChannelLayer open(String node, LayerOptions options);
    }

    private FoyerLayers() {}

    /** {@code memory}, {@code redis <url>}, or {@code database <url> <user>}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Bus bus = bus(arguments);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            try (JsonReader json = Json.createReader(new StringReader(line))) {
                System.out.println(answer(bus, LayerOrder.of(json.readObject())).json());
            }
        }
    }

    private static Bus bus(String[] arguments) {
        return switch (arguments[0]) {
            case "memory" -> MemoryChannelLayer::new;
            case "redis" -> (node, options) -> RedisNodes.open(arguments[1], node, options);
            case "database" -> {
                Map<String, String> settings = Map.of("foyer.db.url", arguments[1], "foyer.db.user", arguments[2]);
                Map<String, Database> databases = Map.of(
                        "sending", Database.open(TestConfiguration.of(settings)),
                        "receiving", Database.open(TestConfiguration.of(settings)));
                yield (node, options) -> DatabaseNodes.open(databases.get(node), node, options);
            }
            default -> throw new IllegalArgumentException("No bus is called " + arguments[0]);
        };
    }

    private static LayerAnswer answer(Bus bus, LayerOrder order) throws InterruptedException {
        LayerOptions options = LayerOptions.USUAL.withCapacities(new Capacities(order.capacity(), List.of()));
        try (ChannelLayer receiving = bus.open("receiving", options)) {
            if (!receiving.status().spansNodes()) {
                return new LayerRun(order, receiving, receiving, PATIENCE_SECONDS).answer();
            }
            try (ChannelLayer sending = bus.open("sending", options)) {
                Awaitility.await("two nodes on the bus")
                        .atMost(CONNECTING)
                        .until(() -> receiving.status().connected()
                                && sending.status().connected());
                return new LayerRun(order, sending, receiving, PATIENCE_SECONDS).answer();
            }
        }
    }
}
