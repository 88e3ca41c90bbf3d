package chat.foyer.channel.redis;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.testing.TestConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens layers over Redis without a container, for the benchmark. */
public final class RedisNodes {
    private RedisNodes() {}

    /** A layer of a node of this name. */
    public static ChannelLayer open(String url, String node, LayerOptions options) {
        List<RedisServer> servers = RedisServer.of(TestConfiguration.of(Map.of("foyer.redis.url", url)));
        return RedisChannelLayer.open(node, servers, "bench", options, Optional.empty(), Thread::new);
    }
}
