package chat.foyer.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Undeploying; only WildFly can do it from outside, stopping Payara Micro is tested in StartUpIT. */
class UndeployWildFlyIT {

    @Test
    void undeploying_ends_every_thread_of_ours() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                ServerProcess server = ServerProcess.start(Kind.WILDFLY, Map.of("foyer.redis.url", redis.url()))) {
            try (ChatClient ana = ChatClient.plain(server.node(), "lobby")) {
                ana.says("hi");
                ana.hears("hi");
                assertThat(threadsOf(server)).contains("foyer-redis-subscriber", "foyer-fan-out");
                Files.delete(server.deploymentMarker());
                assertThat(ana.isSentAway().code())
                        .as("Undertow says 1001 before we can say 1012; both ask to come back")
                        .isIn(1001, 1012);
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !threadsOf(server).contains("\"foyer-"));
        }
    }

    private static String threadsOf(ServerProcess server) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.process().pid()),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String threads = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        jcmd.waitFor();
        return threads;
    }
}
