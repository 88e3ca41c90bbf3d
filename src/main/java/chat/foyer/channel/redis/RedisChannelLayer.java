package chat.foyer.channel.redis;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.ConnectionWatcher;
import chat.foyer.channel.EventCipher;
import chat.foyer.channel.EventCipher.UnreadableException;
import chat.foyer.channel.EventText;
import chat.foyer.channel.Events;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LocalChannels;
import chat.foyer.fault.ThrottledLog;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol;

/**
 * A channel layer over one or several Redis hosts. Thread-safe.
 *
 * <p>A group is one Redis channel, to which a node is subscribed while it has members of its own; members that another process
 * than their own added, and those that are of no process, stand in a sorted set. Channels that are not of the sender's process
 * are mailboxes in Redis. A name always belongs to the same host, by the CRC-32 of what stands up to and including its
 * {@code !}.
 *
 * <p>Invariant: a channel hears an event of its group once, by its own process's subscription if that added it, else by the
 * mailbox. Its own process's word replaces another's, in adding and discarding. Only an event that is under way while a
 * channel leaves to which both ways led may come twice.
 *
 * <p>Events for groups that are sent while Redis is away wait in a bounded queue; those that were under way when it went are
 * lost, as "at most once" says.
 */
final class RedisChannelLayer implements ChannelLayer {
    private static final ThrottledLog STRANGE = new ThrottledLog(LoggerFactory.getLogger(RedisChannelLayer.class), 1);
    private static final ThrottledLog MISSED = new ThrottledLog(LoggerFactory.getLogger(RedisChannelLayer.class), 1);
    private static final String FLUSH = "flush";
    private static final String DISCARD = "discard";
    private static final String SCAN_COUNT = "1000";

    private final String node;
    private final LayerOptions options;
    private final String prefix;
    private final String groupPrefix;
    private final String control;
    private final LocalChannels local;
    private final EventText words;
    private final List<RedisShard> shards = new ArrayList<>();
    private final RedisWatchers watchers;

    private RedisChannelLayer(
            String node, int hosts, String prefix, LayerOptions options, Optional<EventCipher> cipher) {
        this.node = node;
        this.options = options;
        this.prefix = prefix;
        groupPrefix = prefix + ":group:";
        control = prefix + ":control";
        local = new LocalChannels(node, options);
        words = new EventText(cipher);
        watchers = new RedisWatchers(hosts);
    }

    /** @param servers in an order that is the same on all nodes */
    static RedisChannelLayer open(
            String node,
            List<RedisServer> servers,
            String prefix,
            LayerOptions options,
            Optional<EventCipher> cipher,
            ThreadFactory threads) {
        RedisChannelLayer layer = new RedisChannelLayer(node, servers.size(), prefix, options, cipher);
        for (int i = 0; i < servers.size(); i++) {
            layer.shards.add(RedisShard.of(
                    servers.get(i),
                    prefix,
                    node,
                    options,
                    layer.words,
                    layer.local,
                    layer.new Wanted(i),
                    layer.watchers,
                    layer::tidy,
                    threads));
        }
        layer.shards.forEach(RedisShard::start);
        return layer;
    }

    private RedisShard shard(String name) {
        return shards.get(shardNumber(name));
    }

    private int shardNumber(String name) {
        CRC32 crc = new CRC32();
        crc.update(ChannelNames.mailbox(name).getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() % shards.size());
    }

    /** What the subscriber of one host needs to know of this layer. */
    private final class Wanted implements RedisSubscriber.Subscriptions {
        private final int number;

        Wanted(int number) {
            this.number = number;
        }

        @Override
        public Iterable<String> wanted() {
            return local.groups().stream()
                    .filter(group -> shardNumber(group) == number)
                    .map(groupPrefix::concat)::iterator;
        }

        @Override
        public boolean isWanted(String redisChannel) {
            return local.hasMembers(redisChannel.substring(groupPrefix.length()));
        }

        @Override
        public void received(String redisChannel, String payload) {
            try {
                JsonObject event = words.read(redisChannel, payload);
                if (redisChannel.equals(control)) {
                    obey(event);
                } else {
                    local.deliver(redisChannel.substring(groupPrefix.length()), event);
                }
            } catch (UnreadableException e) {
                STRANGE.warn("Ignored something on {} that is not an event of ours: {}", redisChannel, e.getMessage());
            }
        }
    }

    /** An order to all other processes; this one has done it already, and hears of it only later. */
    private String order(JsonObjectBuilder order) {
        return words.write(control, order.add("from", node).build().toString());
    }

    private void obey(JsonObject order) {
        if (order.getString("from", "").equals(node)) {
            return;
        }
        switch (order.getString("type", "")) {
            case FLUSH -> forgetAll();
            case DISCARD -> leave(order.getString("group"), order.getString("channel"));
            default -> STRANGE.warn("Ignored an order of an unknown type on {}", control);
        }
    }

    @Override
    public CompletionStage<Void> send(String channel, JsonObject event) {
        ChannelNames.requireChannel(channel);
        if (local.isOwn(channel)) {
            return local.send(channel, event);
        }
        CompletableFuture<Boolean> taken =
                shard(channel).mailboxes().send(channel, Events.text(event), local.capacity(channel));
        return local.unlessFull(taken, channel);
    }

    @Override
    public CompletableFuture<JsonObject> receive(String channel) {
        return shard(ChannelNames.requireChannel(channel)).reader().receive(channel);
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
        ChannelNames.requireChannel(channel);
        String key = groupPrefix + ChannelNames.requireGroup(group);
        RedisShard shard = shard(group);
        if (local.isOwn(channel)) {
            local.add(group, channel);
            shard.pipeline().soon(Protocol.Command.ZREM, key, channel); // only spares what it would ignore
            return shard.subscriber().reconcile(key);
        }
        long now = System.currentTimeMillis();
        String life = Long.toString(options.groupExpiry().toMillis());
        String until = Long.toString(now + options.groupExpiry().toMillis());
        RedisPipeline pipeline = shard.pipeline();
        return CompletableFuture.allOf(
                pipeline.soon(Protocol.Command.ZADD, key, until, channel),
                pipeline.soon(Protocol.Command.ZREMRANGEBYSCORE, key, "-inf", "(" + now), // who has lapsed
                pipeline.soon(Protocol.Command.PEXPIRE, key, life));
    }

    @Override
    public CompletionStage<Void> groupDiscard(String group, String channel) {
        ChannelNames.requireChannel(channel);
        String key = groupPrefix + ChannelNames.requireGroup(group);
        RedisShard shard = shard(group);
        if (local.isOwn(channel)) {
            CompletableFuture<Object> removed = shard.pipeline().whenThere(Protocol.Command.ZREM, key, channel);
            CompletableFuture<Void> left = leave(group, channel);
            return shard.subscriber().isLive() ? removed.thenCombine(left, (one, other) -> null) : left;
        }
        CompletableFuture<Object> removed = shard.pipeline().soon(Protocol.Command.ZREM, key, channel);
        if (ChannelNames.owner(channel).isEmpty()) {
            return removed.thenApply(count -> null);
        }
        String order = order(Json.createObjectBuilder()
                .add("type", DISCARD)
                .add("group", group)
                .add("channel", channel));
        return removed.thenCombine(
                shard.pipeline().soon(Protocol.Command.PUBLISH, control, order), (one, other) -> null);
    }

    private CompletableFuture<Void> leave(String group, String channel) {
        local.discard(group, channel);
        return shard(group).subscriber().reconcile(groupPrefix + group);
    }

    @Override
    public CompletionStage<Void> groupSend(String group, JsonObject event) {
        String key = groupPrefix + ChannelNames.requireGroup(group);
        String text = Events.text(event);
        RedisPipeline pipeline = shard(group).pipeline();
        CompletableFuture<Object> published = pipeline.whenThere(Protocol.Command.PUBLISH, key, words.write(key, text));
        String now = Long.toString(System.currentTimeMillis());
        return published.thenCombine(
                pipeline.whenThere(Protocol.Command.ZRANGEBYSCORE, key, now, "+inf")
                        .thenCompose(members -> sendToEach((List<?>) members, group, text)),
                (one, other) -> null);
    }

    /** To the members in the sorted set; one that hears the subscription, too, ignores it. */
    private CompletionStage<Void> sendToEach(List<?> members, String group, String text) {
        if (members.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        AtomicInteger missed = new AtomicInteger();
        List<CompletableFuture<Boolean>> sent = new ArrayList<>();
        for (Object member : members) {
            String channel = new String((byte[]) member, StandardCharsets.US_ASCII);
            sent.add(shard(channel)
                    .mailboxes()
                    .sendToMember(group, channel, text, local.capacity(channel))
                    .exceptionally(failure -> {
                        missed.incrementAndGet();
                        return true; // which is not to say that it is full
                    }));
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).thenRun(() -> {
            if (missed.get() > 0) {
                MISSED.warn(
                        "{} of {} channels missed an event of group {}: Redis did not take it",
                        missed.get(),
                        members.size(),
                        group);
            }
            local.reportFull(sent.stream().filter(one -> !one.join()).count(), members.size(), group);
        });
    }

    @Override
    public CompletionStage<Void> flush() {
        forgetAll();
        List<CompletableFuture<?>> done = new ArrayList<>();
        for (RedisShard shard : shards) {
            done.add(deleteAll(shard.pipeline(), groupPrefix + "*", "0")
                    .thenCompose(nothing -> deleteAll(shard.pipeline(), prefix + ":mailbox:*", "0")));
        }
        String order = order(Json.createObjectBuilder().add("type", FLUSH));
        done.add(shards.get(0).pipeline().soon(Protocol.Command.PUBLISH, control, order));
        return CompletableFuture.allOf(done.toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> deleteAll(RedisPipeline pipeline, String pattern, String cursor) {
        return pipeline.soon(Protocol.Command.SCAN, cursor, "MATCH", pattern, "COUNT", SCAN_COUNT)
                .thenCompose(answer -> {
                    String next = new String((byte[]) ((List<?>) answer).get(0), StandardCharsets.US_ASCII);
                    String[] keys = ((List<?>) ((List<?>) answer).get(1))
                            .stream()
                                    .map(key -> new String((byte[]) key, StandardCharsets.UTF_8))
                                    .toArray(String[]::new);
                    CompletableFuture<?> deleted = keys.length == 0
                            ? CompletableFuture.completedFuture(null)
                            : pipeline.soon(Protocol.Command.DEL, keys);
                    return deleted.thenCompose(nothing -> next.equals("0")
                            ? CompletableFuture.completedFuture(null)
                            : deleteAll(pipeline, pattern, next));
                });
    }

    private void forgetAll() {
        unsubscribe(local.clear());
    }

    private void tidy() {
        unsubscribe(local.tidyIfDue());
    }

    private void unsubscribe(Iterable<String> groups) {
        groups.forEach(group -> shard(group).subscriber().reconcile(groupPrefix + group));
    }

    @Override
    public List<String> onEachHost(String channel) {
        Map<Integer, String> names = new TreeMap<>();
        names.put(shardNumber(ChannelNames.requireChannel(channel)), channel);
        for (int i = 1; names.size() < shards.size(); i++) {
            String other = channel + "." + i;
            names.putIfAbsent(shardNumber(other), other);
        }
        return List.copyOf(names.values());
    }

    @Override
    public BusStatus status() {
        boolean live = shards.stream().allMatch(shard -> shard.subscriber().isLive());
        int subscriptions = shards.stream()
                .mapToInt(shard -> shard.subscriber().subscriptions())
                .sum();
        String detail = String.join(
                "; ", shards.stream().map(shard -> shard.subscriber().state()).toList());
        return new BusStatus("redis", true, live, subscriptions, detail);
    }

    @Override
    public void onConnectionChange(ConnectionWatcher watcher) {
        watchers.add(watcher);
    }

    @Override
    public void close() {
        local.close(); // first, so that nobody is left waiting
        shards.forEach(RedisShard::close);
    }
}
