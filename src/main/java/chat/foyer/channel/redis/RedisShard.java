package chat.foyer.channel.redis;

import chat.foyer.channel.EventText;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LocalChannels;
import chat.foyer.channel.MailboxReader;
import java.util.concurrent.ThreadFactory;

/** One of the Redis hosts of a layer and the three threads that speak with it: commands, groups, mailboxes. Immutable. */
record RedisShard(RedisPipeline pipeline, RedisSubscriber subscriber, RedisMailboxes mailboxes, MailboxReader reader) {

    static RedisShard of(
            RedisServer server,
            String prefix,
            String node,
            LayerOptions options,
            EventText words,
            LocalChannels local,
            RedisSubscriber.Subscriptions subscriptions,
            RedisWatchers watchers,
            Runnable everyBeat,
            ThreadFactory threads) {
        String heartbeat = prefix + ":heartbeat:" + node;
        RedisSubscriber subscriber =
                new RedisSubscriber(server, prefix + ":control", heartbeat, subscriptions, watchers, threads);
        RedisTroubles troubles = new RedisTroubles(server, subscriber::state);
        RedisPipeline pipeline = new RedisPipeline(server, troubles, heartbeat, everyBeat, threads);
        RedisMailboxes mailboxes = new RedisMailboxes(server, troubles, pipeline, words, options, local, prefix, node);
        MailboxReader reader = new MailboxReader(local, mailboxes, "foyer-redis-mailboxes", threads);
        return new RedisShard(pipeline, subscriber, mailboxes, reader);
    }

    void start() {
        subscriber.start();
        pipeline.start();
        reader.start();
    }

    void close() {
        reader.close();
        mailboxes.disconnect();
        pipeline.close();
        subscriber.close();
    }
}
