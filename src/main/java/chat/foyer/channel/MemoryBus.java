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
    public ChannelLayer open(String node) {
        return new MemoryChannelLayer(node);
    }
}
