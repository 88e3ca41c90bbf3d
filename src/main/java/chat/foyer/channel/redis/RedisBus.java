package chat.foyer.channel.redis;

import chat.foyer.channel.Bus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.EventCipher;
import chat.foyer.channel.Layer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The bus of several nodes that share one Redis. */
@ApplicationScoped
public class RedisBus implements Bus {

    @Inject
    Configuration configuration;

    @Resource
    ManagedThreadFactory threads;

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public ChannelLayer open(String layer, String node, LayerOptions options) {
        String prefix = configuration.get(Settings.REDIS_PREFIX);
        return RedisChannelLayer.open(
                node,
                RedisServer.of(configuration),
                layer.equals(Layer.DEFAULT) ? prefix : prefix + "." + layer,
                options,
                EventCipher.of(configuration.get(Settings.REDIS_ENCRYPTION_KEYS)),
                threads);
    }
}
