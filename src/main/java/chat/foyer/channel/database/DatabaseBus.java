package chat.foyer.channel.database;

import chat.foyer.channel.Bus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.EventCipher;
import chat.foyer.channel.LayerOptions;
import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.database.Database;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The bus of nodes that share a database and need nothing else. */
@ApplicationScoped
public class DatabaseBus implements Bus {

    @Inject
    Configuration configuration;

    @Inject
    Database database;

    @Resource
    ManagedThreadFactory threads;

    @Override
    public String name() {
        return "database";
    }

    @Override
    public ChannelLayer open(String layer, String node, LayerOptions options) {
        return DatabaseChannelLayer.open(
                database,
                layer,
                node,
                options,
                EventCipher.of(configuration.get(Settings.REDIS_ENCRYPTION_KEYS)),
                !database.embedded(),
                threads);
    }
}
