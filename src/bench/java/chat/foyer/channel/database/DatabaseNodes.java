package chat.foyer.channel.database;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.database.Database;
import java.util.Optional;

/** Opens layers over a database server without a container, for the benchmark. */
public final class DatabaseNodes {
    private DatabaseNodes() {}

    /** A layer of a node of this name; the database stays open when it closes. */
    public static ChannelLayer open(Database database, String node, LayerOptions options) {
        return DatabaseChannelLayer.open(database, "bench", node, options, Optional.empty(), true, Thread::new);
    }
}
