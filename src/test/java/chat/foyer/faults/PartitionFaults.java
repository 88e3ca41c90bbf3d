package chat.foyer.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.foyer.testing.CuttableProxy;
import chat.foyer.testing.Load;
import chat.foyer.testing.OtherNetwork;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.ServerProcess.Unusual;
import chat.foyer.testing.StoredMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two nodes is cut off from the database, from Redis and so from the other node, but not from its clients. */
@ExtendWith(FaultReport.class)
class PartitionFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Breaks(
            row = 50,
            fault =
                    "a node cut off from database and Redis for 30 s, by a network namespace; its clients still reach it",
            expected = "it says so (503) and sends its clients away (1012); equal ≤ 3 s after healing")
    void a_node_is_cut_off(Row row) throws IOException {
        Optional<OtherNetwork> laid = OtherNetwork.lay();
        assumeTrue(laid.isPresent(), "a partition needs root and ip (iproute2), to make a network namespace");
        InetAddress backstage = InetAddress.getByName(OtherNetwork.BACKSTAGE);
        try (OtherNetwork network = laid.get();
                PostgresProcess postgres = PostgresProcess.start();
                RedisProcess redis = RedisProcess.start();
                CuttableProxy toPostgres = CuttableProxy.to(postgres.port(), backstage);
                CuttableProxy toRedis = CuttableProxy.to(redis.port(), backstage)) {
            String database = postgres.newDatabase();
            String far =
                    database.replace("127.0.0.1:" + postgres.port(), OtherNetwork.BACKSTAGE + ":" + toPostgres.port());
            String farRedis = "redis://" + OtherNetwork.BACKSTAGE + ":" + toRedis.port();
            try (ServerProcess one = ServerProcess.start(Kind.current(), settings(database, postgres, redis.url()));
                    ServerProcess two = ServerProcess.start(
                            Kind.current(),
                            settings(far, postgres, farRedis),
                            Unusual.not().runBy(OtherNetwork.prefix()).at(OtherNetwork.STAGE));
                    Load load = new Load()) {
                await("both nodes on the bus")
                        .atMost(PATIENCE)
                        .until(() -> one.node().busConnected() && two.node().busConnected());
                List<ResumingClient> crowd = load.room("parted", Load.byTurns(8, one.node(), two.node()));
                List<ResumingClient> stay = load.join(crowd, Load.at(2, two.node()));
                load.speak(crowd, 10);
                load.speak(stay, 1);
                load.run(Duration.ofSeconds(5));
                network.pull();
                long pulled = System.nanoTime();
                load.run(Duration.ofSeconds(20));
                row.holds("it says so (503)", two.node().get("ops/health/ready").statusCode() == 503);
                row.holds(
                        "its clients are sent away (1012)",
                        crowd.stream()
                                .anyMatch(client -> client.goodbyes().toString().contains("1012")));
                load.run(Duration.ofSeconds(30).minusNanos(System.nanoTime() - pulled));
                network.plugIn();
                long healed = System.nanoTime();
                load.run(Duration.ofSeconds(10));
                row.atMost("equal after", load.backlogMillis(load.clients(), healed) / 1000, 3, "s");
                row.measured(
                        "said at the cut-off node, answered at last after",
                        load.clients().stream()
                                .flatMap(client -> client.echoes().stream())
                                .filter(echo -> echo.from() > pulled && echo.from() < healed - SECONDS.toNanos(1))
                                .mapToDouble(echo -> echo.millis() / 1000)
                                .max()
                                .orElse(Double.NaN),
                        "s");
                row.judged(load.settle(PATIENCE).judge(StoredMessages.of(postgres, database)));
            }
        }
    }

    private static Map<String, String> settings(String database, PostgresProcess postgres, String redis) {
        return Map.of("foyer.db.url", database, "foyer.db.user", postgres.user(), "foyer.redis.url", redis);
    }
}
