package chat.foyer.channel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.ChannelLayerContract;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.ConnectionWatcher;
import chat.foyer.channel.EventCipher;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LayerUnavailableException;
import chat.foyer.testing.CuttableProxy;
import chat.foyer.testing.CuttableProxy.Direction;
import chat.foyer.testing.LogLines;
import chat.foyer.testing.RedisProcess;
import chat.foyer.testing.TestAuthority;
import chat.foyer.testing.TestConfiguration;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("no-server")
class RedisChannelLayerIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static RedisProcess first;
    private static RedisProcess second;
    private static TestAuthority authority;
    private static SSLContext certificate;
    private static Map<String, String> trust; // in that authority
    private static CuttableProxy tls; // before the first host

    @TempDir
    private static Path directory;

    @BeforeAll
    static void start() throws IOException {
        first = RedisProcess.start();
        admit("foyer", documentedRights());
        second = RedisProcess.start(
                "--unixsocket", directory.resolve("redis.sock").toString());
        authority = TestAuthority.in(directory);
        trust = Map.of("foyer.redis.ca-file", authority.pem().toString());
        certificate = authority.serverOf("ip:127.0.0.1");
        tls = CuttableProxy.byTls(first.port(), certificate);
    }

    /** A user of the first host with these rights, whose password is {@code secret}. */
    private static void admit(String user, List<String> rights) {
        List<String> rules = new ArrayList<>(List.of("SETUSER", user, "reset", "on", ">secret", "~test-*", "&test-*"));
        rules.addAll(rights);
        first.command("ACL", rules.toArray(String[]::new));
    }

    private static String urlOf(String user) {
        return first.url().replace("//", "//" + user + ":secret@");
    }

    private static List<String> documentedRights() throws IOException {
        return Files.readAllLines(Path.of("docs/operations.md")).stream()
                .filter(line -> line.startsWith("+@connection "))
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .toList();
    }

    @AfterAll
    static void stop() throws IOException {
        tls.close();
        first.close();
        second.close();
    }

    private static EventCipher cipher(int... seeds) {
        return new EventCipher(Arrays.stream(seeds)
                .mapToObj(seed -> {
                    byte[] key = new byte[EventCipher.KEY_BYTES];
                    Arrays.fill(key, (byte) seed);
                    return key;
                })
                .toList());
    }

    private static ChannelLayer open(
            String node, String urls, String prefix, LayerOptions options, Optional<EventCipher> cipher) {
        Map<String, String> settings = new HashMap<>(urls.contains("rediss:") ? trust : Map.of());
        settings.put("foyer.redis.url", urls);
        return open(node, settings, prefix, options, cipher);
    }

    private static ChannelLayer open(
            String node,
            Map<String, String> settings,
            String prefix,
            LayerOptions options,
            Optional<EventCipher> cipher) {
        List<RedisServer> servers = RedisServer.of(TestConfiguration.of(settings));
        return RedisChannelLayer.open(node, servers, prefix, options, cipher, Thread::new);
    }

    private static String newPrefix() {
        return "test-" + ChannelNames.random();
    }

    private static JsonObject event(int number) {
        return Json.createObjectBuilder()
                .add("type", "test")
                .add("number", number)
                .build();
    }

    /** The contract over some hosts, encrypted or not; every test has a prefix of its own. */
    @TestInstance(TestInstance.Lifecycle.PER_METHOD)
    private abstract static class OnRedis extends ChannelLayerContract {
        private final String prefix = newPrefix();

        abstract String urls();

        Optional<EventCipher> cipher() {
            return Optional.empty();
        }

        @Override
        protected final ChannelLayer open(String node, LayerOptions options) {
            return RedisChannelLayerIT.open(node, urls(), prefix, options, cipher());
        }

        @Override
        protected final boolean spansNodes() {
            return true;
        }
    }

    /** As a user who may do what docs/operations.md says and nothing else. */
    @Nested
    class OneHost extends OnRedis {
        @Override
        String urls() {
            return urlOf("foyer");
        }
    }

    /** One by TLS, one by a socket of the machine. */
    @Nested
    class SeveralHostsEncrypted extends OnRedis {
        @Override
        String urls() {
            return "rediss://127.0.0.1:" + tls.port() + ", unix://" + directory.resolve("redis.sock");
        }

        @Override
        Optional<EventCipher> cipher() {
            return Optional.of(RedisChannelLayerIT.cipher(1));
        }
    }

    @Nested
    class Faults {
        private final String prefix = newPrefix();
        private final List<String> news = new CopyOnWriteArrayList<>();

        private ChannelLayer layer(String node, RedisProcess... hosts) {
            String urls = Arrays.stream(hosts).map(RedisProcess::url).collect(Collectors.joining(", "));
            ChannelLayer layer = open(node, urls, prefix, LayerOptions.USUAL, Optional.empty());
            layer.onConnectionChange(new ConnectionWatcher() {
                @Override
                public void disconnected() {
                    news.add("disconnected");
                }

                @Override
                public void reconnected() {
                    news.add("reconnected");
                }
            });
            await().atMost(SOON).until(() -> layer.status().connected());
            return layer;
        }

        @Test
        void after_a_reconnect_everybody_hears_what_they_want_by_then() {
            try (RedisProcess redis = RedisProcess.start();
                    ChannelLayer one = layer("one", redis);
                    ChannelLayer two = layer("two", redis)) {
                String stays = one.newChannel();
                String leaves = one.newChannel();
                one.blocking().groupAdd("stays", stays);
                one.blocking().groupAdd("leaves", leaves);
                redis.kill();
                await().atMost(SOON)
                        .until(() ->
                                news.stream().filter("disconnected"::equals).count() == 2);
                String comes = one.newChannel();
                one.blocking().groupAdd("comes", comes);
                one.blocking().groupDiscard("leaves", leaves);
                redis.restart();
                await().atMost(SOON)
                        .until(() -> news.stream().filter("reconnected"::equals).count() == 2);
                await().atMost(SOON).ignoreExceptions().until(() -> {
                    two.blocking().groupSend("leaves", event(1));
                    two.blocking().groupSend("stays", event(2));
                    two.blocking().groupSend("comes", event(3));
                    return true;
                });
                assertThat(one.blocking().receive(stays, SOON)).contains(event(2));
                assertThat(one.blocking().receive(comes, SOON)).contains(event(3));
                assertThat(one.blocking().receive(leaves, Duration.ZERO)).isEmpty();
                two.blocking().send("jobs", event(4));
                assertThat(one.blocking().receive("jobs", SOON)).contains(event(4));
            }
        }

        @Test
        void without_redis_a_send_fails_soon_and_channels_of_this_process_work() {
            try (RedisProcess redis = RedisProcess.start();
                    ChannelLayer layer = layer("one", redis)) {
                CompletableFuture<JsonObject> waiting = layer.receive("jobs");
                redis.kill();
                assertThat(layer.send("jobs", event(1)))
                        .failsWithin(SOON)
                        .withThrowableThat()
                        .withCauseInstanceOf(LayerUnavailableException.class);
                String own = layer.newChannel();
                layer.blocking().send(own, event(2));
                assertThat(layer.blocking().receive(own, SOON)).contains(event(2));
                redis.restart();
                await().atMost(SOON).ignoreExceptions().until(() -> {
                    layer.blocking().send("jobs", event(3));
                    return true;
                });
                assertThat(waiting).succeedsWithin(SOON).isEqualTo(event(3));
            }
        }

        @Test
        void several_hosts_are_lost_with_the_first_and_back_with_the_last() {
            try (RedisProcess one = RedisProcess.start();
                    RedisProcess two = RedisProcess.start();
                    ChannelLayer layer = layer("one", one, two)) {
                one.kill();
                await().atMost(SOON).until(() -> news.contains("disconnected"));
                two.kill();
                await().atMost(SOON).until(() -> !isConnected(layer, two));
                one.restart();
                await().atMost(SOON).until(() -> isConnected(layer, one));
                assertThat(news).containsExactly("disconnected");
                two.restart();
                await().atMost(SOON).until(() -> news.contains("reconnected"));
                assertThat(news).containsExactly("disconnected", "reconnected");
            }
        }

        private static boolean isConnected(ChannelLayer layer, RedisProcess host) {
            return layer.status().detail().contains("connected to Redis at 127.0.0.1:" + host.port());
        }

        @Test
        void each_of_several_hosts_has_a_channel_by_which_it_is_tested() {
            try (ChannelLayer layer = layer("one", first, second)) {
                List<String> channels = layer.onEachHost("test_channel");
                assertThat(channels).hasSize(2).contains("test_channel");
                channels.forEach(channel -> layer.blocking().send(channel, event(1)));
                String[] mailboxes = channels.stream()
                        .map(channel -> prefix + ":mailbox:" + channel)
                        .toArray(String[]::new);
                assertThat(first.command("EXISTS", mailboxes)).isEqualTo("1");
                assertThat(second.command("EXISTS", mailboxes)).isEqualTo("1");
            }
            try (ChannelLayer layer = layer("one", first)) {
                assertThat(layer.onEachHost("test_channel")).containsExactly("test_channel");
            }
        }

        @Test
        void who_has_lapsed_is_forgotten_when_another_is_added() {
            LayerOptions shortLived = LayerOptions.USUAL.withGroupExpiry(Duration.ofSeconds(1));
            try (ChannelLayer layer = open("one", first.url(), prefix, shortLived, Optional.empty())) {
                await().atMost(SOON).until(() -> layer.status().connected());
                layer.blocking().groupAdd("group", "lapses");
                await().atMost(SOON).until(() -> {
                    layer.blocking().groupAdd("group", "stays");
                    return first.command("ZCARD", prefix + ":group:group").equals("1");
                });
                assertThat(first.command("ZSCORE", prefix + ":group:group", "stays"))
                        .isNotEqualTo("null");
            }
        }

        @Test
        void a_member_out_of_reach_is_not_called_full() {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    RedisProcess one = RedisProcess.start();
                    RedisProcess two = RedisProcess.start();
                    ChannelLayer layer = layer("one", one, two)) {
                layer.blocking().groupAdd("group", "near"); // both belong to the second host, by their CRC-32
                layer.blocking().groupAdd("group", "far"); // belongs to the first
                one.kill();
                layer.blocking().groupSend("group", event(1));
                assertThat(layer.blocking().receive("near", SOON)).contains(event(1));
                assertThat(log.all()).contains("1 of 2 channels missed an event of group group: Redis did not take it");
                assertThat(log.all()).noneMatch(line -> line.contains("over capacity"));
            }
        }

        @Test
        void what_strangers_write_stops_nobody() {
            try (ChannelLayer layer = layer("one", first)) {
                String channel = layer.newChannel();
                layer.blocking().groupAdd("group", channel);
                String deep = "[".repeat(100_000);
                for (String payload : List.of("", "{", "[]", "not json", deep, "{\"a\":")) {
                    first.command("PUBLISH", prefix + ":group:group", payload);
                    first.command("PUBLISH", prefix + ":control", payload);
                    first.command("ZADD", prefix + ":mailbox:jobs", "9e15", "x " + payload);
                    first.command(
                            "ZADD", prefix + ":mailbox:jobs", "9e15", "x {\"channel\":\"other\",\"event\":" + payload);
                }
                layer.blocking().groupSend("group", event(1));
                assertThat(layer.blocking().receive(channel, SOON)).contains(event(1));
                CompletableFuture<JsonObject> job = layer.receive("jobs");
                await().atMost(SOON).ignoreExceptions().until(() -> {
                    layer.blocking().send("jobs", event(2));
                    return job.isDone();
                });
                assertThat(job).isCompletedWithValue(event(2));
            }
        }

        @Test
        void a_flush_does_not_come_back_to_take_what_was_added_after_it() {
            try (ChannelLayer layer = layer("one", first)) {
                CountDownLatch held = new CountDownLatch(1);
                CountDownLatch flushed = new CountDownLatch(1);
                String busy = layer.newChannel();
                layer.blocking().groupAdd("group", busy);
                layer.receive(busy)
                        .thenAccept(
                                event -> { // on the thread that would hear of the flush
                                    held.countDown();
                                    awaitZero(flushed);
                                });
                layer.blocking().groupSend("group", event(1));
                awaitZero(held);
                layer.blocking().flush();
                String kept = layer.newChannel();
                layer.blocking().send(kept, event(2));
                CompletionStage<Void> added = layer.groupAdd("group", kept);
                flushed.countDown();
                assertThat(added).succeedsWithin(SOON); // after everything that was published before
                layer.blocking().groupSend("group", event(3));
                assertThat(layer.blocking().receive(kept, SOON)).contains(event(2));
                assertThat(layer.blocking().receive(kept, SOON)).contains(event(3));
            }
        }

        @Test
        void an_add_is_confirmed_by_its_own_answer_and_not_by_that_to_an_add_before_a_discard() throws IOException {
            try (CuttableProxy way = CuttableProxy.to(first.port());
                    ChannelLayer layer = open(
                            "one", "redis://127.0.0.1:" + way.port(), prefix, LayerOptions.USUAL, Optional.empty());
                    ChannelLayer other = layer("two", first)) {
                await().atMost(SOON).until(() -> layer.status().connected());
                String channel = layer.newChannel();
                way.plug(Direction.ANSWERS);
                layer.groupAdd("group", channel);
                CompletionStage<Void> behind = layer.groupAdd("behind", channel);
                await().atMost(SOON).until(() -> isHeardBySomebody("behind"));
                way.plug(Direction.REQUESTS);
                layer.groupDiscard("group", channel);
                CompletionStage<Void> again = layer.groupAdd("group", channel);
                way.unplug(Direction.ANSWERS); // to the first two, and to no more
                assertThat(behind).succeedsWithin(SOON);
                assertThat(again.toCompletableFuture()).isNotDone();
                way.mend();
                assertThat(again).succeedsWithin(SOON);
                other.blocking().groupSend("group", event(1));
                assertThat(layer.blocking().receive(channel, SOON)).contains(event(1));
            }
        }

        private boolean isHeardBySomebody(String group) {
            return first.command("PUBSUB", "NUMSUB", prefix + ":group:" + group).endsWith(", 1]");
        }

        private static void awaitZero(CountDownLatch latch) {
            try {
                assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void keys_change_under_load_without_a_loss() {
            List<Optional<EventCipher>> steps = List.of(
                    Optional.of(cipher(1)),
                    Optional.of(cipher(1, 2)),
                    Optional.of(cipher(2, 1)),
                    Optional.of(cipher(2)));
            for (int step = 0; step + 1 < steps.size(); step++) {
                try (ChannelLayer before = open("old", first.url(), prefix, LayerOptions.USUAL, steps.get(step));
                        ChannelLayer after =
                                open("new", first.url(), prefix, LayerOptions.USUAL, steps.get(step + 1))) {
                    boolean readable = step != 0; // a node that lacks the new key does not read what is written with it
                    assertThat(exchanged(before, after)).isEqualTo(50);
                    if (readable && step + 2 < steps.size()) {
                        assertThat(exchanged(after, before)).isEqualTo(50);
                    }
                }
            }
        }

        private int exchanged(ChannelLayer from, ChannelLayer to) {
            List<CompletableFuture<JsonObject>> received = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                received.add(to.receive("load"));
                from.blocking().send("load", event(i));
            }
            received.forEach(one -> assertThat(one).succeedsWithin(SOON));
            return received.size();
        }
    }

    @Nested
    class Tls {
        private final String prefix = newPrefix();

        private ChannelLayer layer(String node, String urls) {
            return open(node, urls, prefix, LayerOptions.USUAL, Optional.empty());
        }

        private static String url(String user, CuttableProxy host) {
            return "rediss://" + user + ":secret@127.0.0.1:" + host.port();
        }

        private void assertTravels(String url) {
            try (ChannelLayer one = layer("one", url);
                    ChannelLayer two = layer("two", url)) {
                await().atMost(SOON)
                        .until(() -> one.status().connected() && two.status().connected());
                String channel = one.newChannel();
                one.blocking().groupAdd("group", channel);
                two.blocking().groupSend("group", event(1));
                assertThat(one.blocking().receive(channel, SOON)).contains(event(1));
                two.blocking().send("jobs", event(2));
                assertThat(one.blocking().receive("jobs", SOON)).contains(event(2));
            }
        }

        @Test
        void a_user_with_a_password_is_admitted() {
            assertTravels(url("foyer", tls));
        }

        @Test
        void a_password_alone_is_enough() throws IOException {
            try (RedisProcess redis = RedisProcess.start("--requirepass", "secret");
                    CuttableProxy proxy = CuttableProxy.byTls(redis.port(), certificate)) {
                assertTravels(url("", proxy));
            }
        }

        /** That all connections to this host end before it is told a byte, and one line of the log says what to do. */
        private void assertDistrusted(CuttableProxy host, Map<String, String> trusted, String advice) {
            Map<String, String> settings = new HashMap<>(trusted);
            settings.put("foyer.redis.url", url("foyer", host));
            try (LogLines log = new LogLines("chat.foyer.channel");
                    ChannelLayer layer = open("one", settings, prefix, LayerOptions.USUAL, Optional.empty())) {
                layer.receive("jobs"); // so that all three threads call
                await().atMost(SOON).until(() -> host.clients() >= 6 && told(log, host) > 0);
                assertThat(told(log, host)).isOne();
                assertThat(log.all())
                        .allSatisfy(line -> assertThat(line).contains(advice).doesNotContain("secret"));
                assertThat(layer.status().connected()).isFalse();
                assertThat(host.heard()).isZero();
            }
        }

        private static long told(LogLines log, CuttableProxy host) {
            return log.all().stream()
                    .filter(line -> line.contains("Redis at 127.0.0.1:" + host.port()) && line.contains("keeps trying"))
                    .count();
        }

        @Test
        void who_is_vouched_for_by_another_authority_is_told_nothing() throws IOException {
            SSLContext strange = TestAuthority.in(directory).serverOf("ip:127.0.0.1");
            try (CuttableProxy host = CuttableProxy.byTls(first.port(), strange)) {
                assertDistrusted(host, trust, "put that authority's into the file of foyer.redis.ca-file");
            }
        }

        @Test
        void an_authority_of_ones_own_is_unknown_until_it_is_named() throws IOException {
            try (CuttableProxy host = CuttableProxy.byTls(first.port(), certificate)) {
                assertDistrusted(host, Map.of(), "put that authority's into the file of foyer.redis.ca-file");
            }
        }

        @Test
        void who_is_vouched_for_under_another_name_is_told_nothing() throws IOException {
            SSLContext other = authority.serverOf("dns:redis.example.com,ip:192.0.2.1");
            try (CuttableProxy host = CuttableProxy.byTls(first.port(), other)) {
                assertDistrusted(host, trust, "write in foyer.redis.url the host that it names");
            }
        }
    }

    /** What Redis refuses although it is there. */
    @Nested
    class Refusals {
        private final String prefix = newPrefix();

        private ChannelLayer layer(String node, String url) {
            ChannelLayer layer = open(node, url, prefix, LayerOptions.USUAL, Optional.empty());
            await().atMost(SOON).until(() -> layer.status().connected());
            return layer;
        }

        private ChannelLayer layerWithout(String right) throws IOException {
            List<String> rights = new ArrayList<>(documentedRights());
            assertThat(rights.remove(right)).isTrue();
            admit("lacking", rights);
            return layer("lacking", urlOf("lacking"));
        }

        private static void assertFails(CompletionStage<Void> stage, String reason) {
            assertThat(stage)
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(LayerUnavailableException.class)
                    .withMessageContaining(reason);
        }

        /** The numbers of the connections to a Redis that layers have opened. */
        private static Set<String> connections(RedisProcess redis) {
            return redis.command("CLIENT", "LIST")
                    .lines()
                    .filter(client -> client.contains(" name=foyer "))
                    .map(client -> client.substring(0, client.indexOf(' ')))
                    .collect(Collectors.toSet());
        }

        private static long lines(LogLines log, String part) {
            return log.all().stream().filter(line -> line.contains(part)).count();
        }

        @Test
        void a_command_that_lacks_a_right_fails_alone_and_is_told_once() throws IOException {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    ChannelLayer layer = layerWithout("+zrangebyscore")) {
                String channel = layer.newChannel();
                layer.blocking().groupAdd("group", channel);
                layer.blocking().send("jobs", event(0));
                Set<String> connections = connections(first);
                for (int i = 1; i <= 5; i++) {
                    assertFails(layer.groupSend("group", event(i)), "docs/operations.md");
                    assertThat(layer.blocking().receive(channel, SOON)).contains(event(i));
                }
                assertThat(layer.blocking().receive("jobs", SOON)).contains(event(0));
                assertThat(connections).as("no other").containsAll(connections(first));
                assertThat(lines(log, "zrangebyscore")).isOne();
            }
        }

        @Test
        void what_a_script_lacks_is_told_in_the_same_words() throws IOException {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    ChannelLayer layer = layerWithout("+zcard")) {
                assertFails(layer.send("jobs", event(1)), "docs/operations.md");
                assertThat(lines(log, "docs/operations.md")).isOne();
            }
        }

        @Test
        void a_mailbox_that_is_something_else_is_told_by_name() {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    ChannelLayer layer = layer("one", first.url())) {
                for (String spoilt : List.of("spoilt-1", "spoilt-2")) {
                    first.command("SET", prefix + ":mailbox:" + spoilt, "no sorted set");
                    assertFails(layer.send(spoilt, event(1)), spoilt);
                    assertFails(layer.send(spoilt, event(2)), spoilt);
                    assertThat(lines(log, ":mailbox:" + spoilt)).isOne();
                }
                layer.blocking().send("jobs", event(3));
            }
        }

        @Test
        void a_mailbox_that_is_something_else_silences_no_other() {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    ChannelLayer layer = layer("one", first.url())) {
                first.command("SET", prefix + ":mailbox:spoilt", "no sorted set");
                CompletableFuture<JsonObject> silenced = layer.receive("spoilt");
                await().atMost(SOON).until(() -> lines(log, ":mailbox:spoilt") == 1);
                Set<String> connections = connections(first);
                for (int i = 1; i <= 20; i++) {
                    CompletableFuture<JsonObject> next = layer.receive("jobs");
                    layer.blocking().send("jobs", event(i));
                    assertThat(next).succeedsWithin(SOON).isEqualTo(event(i));
                }
                first.command("DEL", prefix + ":mailbox:spoilt");
                layer.blocking().send("spoilt", event(21));
                assertThat(silenced).succeedsWithin(SOON).isEqualTo(event(21));
                assertThat(connections).as("no other").containsAll(connections(first));
                assertThat(lines(log, ":mailbox:spoilt")).isOne();
            }
        }

        @Test
        void a_right_to_receive_that_lacks_is_told_until_it_is_there() throws IOException {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    ChannelLayer layer = layerWithout("+bzpopmin")) {
                CompletableFuture<JsonObject> waiting = layer.receive("jobs");
                await().atMost(SOON).until(() -> lines(log, "bzpopmin") == 1);
                layer.blocking().send("jobs", event(1));
                admit("lacking", documentedRights());
                assertThat(waiting).succeedsWithin(SOON).isEqualTo(event(1));
                assertThat(lines(log, "bzpopmin")).isOne();
            }
        }

        @Test
        void what_was_taken_before_a_refusal_is_not_lost() throws IOException {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    ChannelLayer layer = layerWithout("+zpopmin");
                    ChannelLayer other = layer("other", first.url())) {
                String channel = layer.newChannel();
                for (int i = 1; i <= 5; i++) {
                    other.blocking().send(channel, event(i));
                }
                for (int i = 1; i <= 5; i++) {
                    assertThat(layer.blocking().receive(channel, SOON)).contains(event(i));
                }
                assertThat(lines(log, "zpopmin")).isOne();
            }
        }

        @Test
        void who_speaks_with_a_replica_looks_for_the_primary() {
            try (LogLines log = new LogLines("chat.foyer.channel");
                    RedisProcess redis = RedisProcess.start();
                    ChannelLayer layer = layer("one", redis.url())) {
                layer.blocking().send("jobs", event(1));
                await().atMost(SOON).until(() -> connections(redis).size() == 3);
                Set<String> before = connections(redis);
                redis.command("REPLICAOF", "127.0.0.1", "1");
                assertFails(layer.send("jobs", event(2)), "READONLY");
                await().atMost(SOON).until(() -> {
                    before.retainAll(connections(redis));
                    return before.size() == 1; // that which hears nothing of it
                });
                assertThat(lines(log, "READONLY")).isPositive();
                redis.command("REPLICAOF", "NO", "ONE");
                await().atMost(SOON).ignoreExceptions().until(() -> {
                    layer.blocking().send("jobs", event(3));
                    return true;
                });
            }
        }
    }
}
