package chat.foyer.live;

import static org.awaitility.Awaitility.await;

import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node on Payara and one on WildFly; runs in the WildFly profile, which brings both. */
class MixedClusterWildFlyIT {

    @Test
    void a_crowd_on_both_servers_gets_everything_once_and_in_order() {
        try (RedisProcess redis = RedisProcess.start()) {
            Map<String, String> settings = Map.of("foyer.redis.url", redis.url());
            try (ServerProcess payara = ServerProcess.start(Kind.PAYARA, settings);
                    ServerProcess wildfly = ServerProcess.start(Kind.WILDFLY, settings)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() ->
                                payara.node().busConnected() && wildfly.node().busConnected());
                ClusterIT.crowd(payara.node(), wildfly.node());
            }
        }
    }
}
