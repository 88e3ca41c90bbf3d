package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The channel layer of a single node: everything stays in this process. Thread-safe. It has no thread of its own, so whoever
 * sends or adds tidies up when that is due.
 */
public final class MemoryChannelLayer implements ChannelLayer {
    private final LocalChannels local;

    public MemoryChannelLayer(String node, LayerOptions options) {
        this.local = new LocalChannels(node, options);
    }

    @Override
    public CompletionStage<Void> send(String channel, JsonObject event) {
        local.tidyIfDue();
        ChannelNames.requireChannel(channel);
        if (ChannelNames.owner(channel).isPresent() && !local.isOwn(channel)) {
            throw new IllegalArgumentException(
                    "Channel " + channel
                            + " belongs to another process, which no layer in memory reaches: set foyer.bus to redis or database");
        }
        return local.send(channel, event);
    }

    @Override
    public CompletableFuture<JsonObject> receive(String channel) {
        return local.receive(channel);
    }

    @Override
    public String newChannel(String prefix) {
        return local.newChannel(prefix);
    }

    @Override
    public String newChannel(String prefix, int capacity) {
        return local.newChannel(prefix, capacity);
    }

    @Override
    public CompletionStage<Void> groupAdd(String group, String channel) {
        local.tidyIfDue();
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
        local.deliver(ChannelNames.requireGroup(group), Events.require(event));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> flush() {
        local.clear();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public BusStatus status() {
        return new BusStatus("memory", false, true, local.groups().size(), "in memory");
    }

    @Override
    public void onConnectionChange(ConnectionWatcher watcher) {
        // what is in this process is always there
    }

    @Override
    public void close() {
        local.close();
    }
}
