package chat.foyer.channel.redis;

import chat.foyer.channel.Backoff;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.EventCipher.UnreadableException;
import chat.foyer.channel.EventText;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LocalChannels;
import chat.foyer.channel.RemoteMailboxes;
import chat.foyer.fault.ThrottledLog;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The mailboxes at one Redis: each a sorted set of events by the time at which they were sent, as channels_redis has them.
 * Sending is thread-safe and never waits; the rest is for the thread of a {@link chat.foyer.channel.MailboxReader}.
 *
 * <p>Invariant: within a mailbox the scores never fall, whatever the clock does, and what one sender sent at the same score is
 * in the order of its counter, with which each member begins. So a mailbox is first in, first out.
 *
 * <p>What was sent to a group says so: a channel of this process that is a member by its own word has heard it already.
 */
final class RedisMailboxes implements RemoteMailboxes {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(RedisMailboxes.class), 1);
    private static final String BLOCK_SECONDS = "1"; // shorter than a connection may be silent
    private static final String WAKE_MILLIS = "60000";
    private static final long GIVE_BACK_MILLIS = 2_000;
    private static final long AVOIDED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MICROS = 1_000;

    /** KEYS: the mailbox; ARGV: the member, the capacity, the expiry in microseconds. 1 when it is in, 0 when it is full. */
    private static final String SEND = """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[3]))
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
            local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
            if last[2] and tonumber(last[2]) > now then now = tonumber(last[2]) end
            redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
            redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ARGV[3] / 1000))
            return 1
            """;

    /** What is needed to put an event back. */
    private record Receipt(String key, String member, String score) {}

    private final RedisServer server;
    private final RedisTroubles troubles;
    private final RedisPipeline pipeline;
    private final EventText words;
    private final LayerOptions options;
    private final LocalChannels local;
    private final String prefix;
    private final String node;
    private final String wakeKey;
    private final AtomicLong sent = new AtomicLong();
    private final RedisClock clock = new RedisClock();
    private volatile Connection connection;
    private int failures; // the reader's own, as is the next

    /** Mailboxes that hold something else, and since when they are not asked: with one of them Redis refuses all. */
    private final Map<String, Long> avoided = new HashMap<>();

    RedisMailboxes(
            RedisServer server,
            RedisTroubles troubles,
            RedisPipeline pipeline,
            EventText words,
            LayerOptions options,
            LocalChannels local,
            String prefix,
            String node) {
        this.server = server;
        this.troubles = troubles;
        this.pipeline = pipeline;
        this.words = words;
        this.options = options;
        this.local = local;
        this.prefix = prefix + ":mailbox:";
        this.node = node;
        this.wakeKey = prefix + ":wake:" + node;
    }

    /** Puts an event, already written as JSON, into the mailbox of a channel; completes with whether there was room. */
    CompletableFuture<Boolean> send(String channel, String event, int capacity) {
        return put(channel, "{\"channel\":\"" + channel + "\",\"event\":" + event + "}", capacity);
    }

    /** The same, for an event that was sent to a group. */
    CompletableFuture<Boolean> sendToMember(String group, String channel, String event, int capacity) {
        String content = "{\"channel\":\"" + channel + "\",\"group\":\"" + group + "\",\"event\":" + event + "}";
        return put(channel, content, capacity);
    }

    private CompletableFuture<Boolean> put(String channel, String content, int capacity) {
        String key = prefix + ChannelNames.mailbox(channel);
        String text = words.write(key, content);
        String member = String.format("%016x", sent.getAndIncrement()) + "." + node + " " + text;
        return pipeline.soon(
                        Protocol.Command.EVAL,
                        SEND,
                        "1",
                        key,
                        member,
                        Integer.toString(capacity),
                        Long.toString(
                                TimeUnit.NANOSECONDS.toMicros(options.expiry().toNanos())))
                .thenApply(answer -> ((Long) answer) == 1);
    }

    @Override
    public List<Taken> take(Map<String, Integer> wanted) throws InterruptedException {
        try {
            if (connection == null) {
                connection = server.connect();
                clock.set(connection);
            }
            List<Taken> taken = takeNow(wanted);
            failures = 0;
            return taken;
        } catch (RuntimeException | Error e) {
            giveUpConnection(e, wakeKey);
            TimeUnit.MILLISECONDS.sleep(Backoff.millis(failures++));
            return List.of();
        }
    }

    private void giveUpConnection(Throwable failure, String key) {
        if (connection != null && failure instanceof JedisDataException refusal) {
            troubles.refused(refusal, key);
        } else if (failures > 0) {
            troubles.away(failure, "Nothing is received from channels there.");
        }
        disconnect();
    }

    private List<Taken> takeNow(Map<String, Integer> wanted) {
        avoided.values().removeIf(since -> System.nanoTime() - since > AVOIDED_NANOS);
        List<String> mailboxes = wanted.keySet().stream()
                .filter(mailbox -> !avoided.containsKey(mailbox))
                .toList();
        List<?> first;
        try {
            first = waitForFirst(mailboxes);
        } catch (JedisDataException refusal) {
            if (avoidSpoilt(mailboxes)) {
                return List.of();
            }
            throw refusal;
        }
        if (first == null) {
            return List.of();
        }
        String key = text(first.get(0));
        if (key.equals(wakeKey)) {
            return List.of();
        }
        List<Taken> taken = new ArrayList<>();
        add(taken, key, text(first.get(1)), text(first.get(2)));
        int more = wanted.get(key.substring(prefix.length())) - 1;
        try {
            addMore(taken, key, more);
        } catch (RuntimeException | Error e) { // what was taken before is in nobody else's hands any more
            giveUpConnection(e, key);
        }
        return taken;
    }

    /** The first event of the first mailbox that has one. */
    private List<?> waitForFirst(List<String> mailboxes) {
        List<String> arguments = new ArrayList<>();
        mailboxes.forEach(mailbox -> arguments.add(prefix + mailbox));
        arguments.add(wakeKey);
        arguments.add(BLOCK_SECONDS);
        connection.sendCommand(Protocol.Command.BZPOPMIN, arguments.toArray(String[]::new));
        return (List<?>) connection.getOne();
    }

    private void addMore(List<Taken> taken, String key, int more) {
        if (more > 0) {
            connection.sendCommand(Protocol.Command.ZPOPMIN, key, Integer.toString(more));
            List<?> rest = (List<?>) connection.getOne();
            for (int i = 0; i + 1 < rest.size(); i += 2) {
                add(taken, key, text(rest.get(i)), text(rest.get(i + 1)));
            }
        }
    }

    /** Looks which of them hold something else; whether any does. */
    private boolean avoidSpoilt(List<String> mailboxes) {
        mailboxes.forEach(mailbox -> connection.sendCommand(Protocol.Command.ZCARD, prefix + mailbox));
        List<Object> answers = connection.getMany(mailboxes.size());
        boolean found = false;
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof JedisDataException refusal && RedisServer.isOfOtherType(refusal)) {
                troubles.refused(refusal, prefix + mailboxes.get(i));
                avoided.put(mailboxes.get(i), System.nanoTime());
                found = true;
            }
        }
        return found;
    }

    private void add(List<Taken> taken, String key, String member, String score) {
        try {
            long sentAt = (long) Double.parseDouble(score);
            long life = options.expiry().toNanos() - (clock.now() - sentAt) * MICROS;
            JsonObject content = words.read(key, member.substring(member.indexOf(' ') + 1));
            String channel = ChannelNames.requireChannel(content.getString("channel"));
            boolean heard = local.isMember(content.getString("group", ""), channel);
            if (life > 0 && !heard && key.equals(prefix + ChannelNames.mailbox(channel))) {
                taken.add(new Taken(channel, content.getJsonObject("event"), life, new Receipt(key, member, score)));
            }
        } catch (UnreadableException | RuntimeException e) { // whatever a stranger put there
            LOG.warn("Ignored something in {} that is not an event of ours: {}", key, e.getMessage());
        }
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void giveBack(Taken taken) {
        Receipt receipt = (Receipt) taken.receipt();
        CompletableFuture<Object> there =
                pipeline.whenThere(Protocol.Command.ZADD, receipt.key(), receipt.score(), receipt.member());
        pipeline.whenThere(
                Protocol.Command.PEXPIRE,
                receipt.key(),
                Long.toString(options.expiry().toMillis()));
        try {
            there.get(GIVE_BACK_MILLIS, TimeUnit.MILLISECONDS); // or a later event might be taken first
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("An event that nobody waits for any more has not gone back to {} yet", receipt.key());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it goes back all the same
        }
    }

    @Override
    public void wake() {
        pipeline.soon(Protocol.Command.ZADD, wakeKey, "0", "");
        pipeline.soon(Protocol.Command.PEXPIRE, wakeKey, WAKE_MILLIS);
    }

    /** Ends the reader's connection, and with it what it waits for; by any thread. */
    synchronized void disconnect() {
        if (connection != null) {
            try {
                connection.forceDisconnect();
            } catch (IOException e) {
                LOG.warn("The connection to Redis at {} was gone already: {}", server, e.getMessage());
            }
            connection = null;
        }
    }
}
