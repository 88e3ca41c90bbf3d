package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The channel layer of a single node: everything stays in this process. Thread-safe. */
public final class MemoryChannelLayer implements ChannelLayer {
    private final LocalChannels local;

    public MemoryChannelLayer(String node) {
        this.local = new LocalChannels(node);
    }

    @Override
    public String newChannel(String prefix, int capacity) {
        return local.newChannel(prefix, capacity);
    }

    @Override
    public CompletionStage<JsonObject> receive(String channel) {
        return local.receive(channel);
    }

    @Override
    public CompletionStage<Void> groupAdd(String group, String channel) {
        local.add(group, channel);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> groupDiscard(String group, String channel) {
        local.discard(group, channel);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> groupSend(String group, JsonObject event) {
        local.deliver(ChannelNames.requireGroup(group), event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public BusStatus status() {
        return new BusStatus("memory", false, true, local.groups().size(), "in memory");
    }

    @Override
    public void close() {
        local.close();
    }
}
