package chat.foyer.channel.redis;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.ConnectionWatcher;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LocalChannels;
import chat.foyer.fault.ThrottledLog;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import org.slf4j.LoggerFactory;

/**
 * A channel layer whose groups span nodes through Redis Pub/Sub: each group is one Redis channel, to which a node is
 * subscribed while it has members of its own. Thread-safe.
 *
 * <p>Events sent while Redis is away wait in a bounded queue; those that were under way when it went are lost, as
 * "at most once" says.
 */
final class RedisChannelLayer implements ChannelLayer {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(RedisChannelLayer.class), 1);
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final String groupPrefix;
    private final LocalChannels local;
    private final RedisSubscriber subscriber;
    private final RedisPublisher publisher;

    private RedisChannelLayer(
            String node, RedisServer server, String prefix, LayerOptions options, ThreadFactory threads) {
        groupPrefix = prefix + ":group:";
        local = new LocalChannels(node, options);
        String heartbeat = prefix + ":heartbeat:" + node;
        subscriber = new RedisSubscriber(server, heartbeat, new LocalSubscriptions(), threads);
        publisher = new RedisPublisher(server, heartbeat, subscriber::state, threads);
    }

    static RedisChannelLayer open(
            String node, RedisServer server, String prefix, LayerOptions options, ThreadFactory threads) {
        RedisChannelLayer layer = new RedisChannelLayer(node, server, prefix, options, threads);
        layer.subscriber.start();
        layer.publisher.start();
        return layer;
    }

    /** What the subscriber needs to know of this layer. */
    private final class LocalSubscriptions implements RedisSubscriber.Subscriptions {
        @Override
        public Iterable<String> wanted() {
            return local.groups().stream().map(groupPrefix::concat)::iterator;
        }

        @Override
        public boolean isWanted(String redisChannel) {
            return local.hasMembers(redisChannel.substring(groupPrefix.length()));
        }

        @Override
        public void received(String redisChannel, String payload) {
            try (JsonReader reader = READERS.createReader(new StringReader(payload))) {
                local.deliver(redisChannel.substring(groupPrefix.length()), reader.readObject());
            } catch (JsonException e) {
                LOG.warn("Ignored something on {} that is not an event of ours: {}", redisChannel, e.getMessage());
            }
        }
    }

    @Override
    public String newChannel(String prefix, int capacity) {
        return local.newChannel(prefix, capacity);
    }

    @Override
    public CompletableFuture<JsonObject> receive(String channel) {
        return local.receive(channel);
    }

    @Override
    public CompletionStage<Void> groupAdd(String group, String channel) {
        local.add(group, channel);
        return subscriber.reconcile(groupPrefix + group);
    }

    @Override
    public CompletionStage<Void> groupDiscard(String group, String channel) {
        local.discard(group, channel);
        return subscriber.reconcile(groupPrefix + group);
    }

    @Override
    public CompletionStage<Void> groupSend(String group, JsonObject event) {
        publisher.offer(groupPrefix + ChannelNames.requireGroup(group), event.toString());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> send(String channel, JsonObject event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String newChannel(String prefix) {
        return local.newChannel(prefix);
    }

    @Override
    public CompletionStage<Void> flush() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onConnectionChange(ConnectionWatcher watcher) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BusStatus status() {
        return new BusStatus("redis", true, subscriber.isLive(), subscriber.subscriptions(), subscriber.state());
    }

    @Override
    public void close() {
        publisher.close();
        subscriber.close();
        local.close();
    }
}
