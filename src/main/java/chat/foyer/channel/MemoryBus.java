package chat.foyer.channel;

import jakarta.enterprise.context.ApplicationScoped;

/** The bus of a single node. */
@ApplicationScoped
public class MemoryBus implements Bus {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public ChannelLayer open(String layer, String node, LayerOptions options) {
        return new MemoryChannelLayer(node, options);
    }
}
