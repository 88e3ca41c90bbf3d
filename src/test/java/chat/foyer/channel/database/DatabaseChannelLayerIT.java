package chat.foyer.channel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.ChannelLayerContract;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.ConnectionWatcher;
import chat.foyer.channel.EventCipher;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LayerUnavailableException;
import chat.foyer.database.Database;
import chat.foyer.testing.CuttableProxy;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.TestConfiguration;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("no-server")
class DatabaseChannelLayerIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static PostgresProcess postgres;
    private static Database onPostgres;
    private static Database onH2;

    @BeforeAll
    static void start() {
        postgres = PostgresProcess.start();
        onPostgres = Database.open(
                TestConfiguration.of(Map.of("foyer.db.url", postgres.newDatabase(), "foyer.db.user", postgres.user())));
        onH2 = Database.open(TestConfiguration.of(Map.of("foyer.data-dir", directory.toString())));
    }

    @AfterAll
    static void stop() {
        onH2.close();
        onPostgres.close();
        postgres.close();
    }

    private static JsonObject event(int number) {
        return Json.createObjectBuilder()
                .add("type", "test")
                .add("number", number)
                .build();
    }

    /** The contract over a database that several processes reach; every test has a layer of its own. */
    @TestInstance(TestInstance.Lifecycle.PER_METHOD)
    private abstract static class OnDatabase extends ChannelLayerContract {
        private final String layer = ChannelNames.random();

        abstract Database database();

        Optional<EventCipher> cipher() {
            return Optional.empty();
        }

        @Override
        protected final ChannelLayer open(String node, LayerOptions options) {
            return DatabaseChannelLayer.open(database(), layer, node, options, cipher(), true, Thread::new);
        }

        @Override
        protected final boolean spansNodes() {
            return true;
        }
    }

    @Nested
    class OnPostgres extends OnDatabase {
        @Override
        Database database() {
            return onPostgres;
        }
    }

    @Nested
    class OnPostgresEncrypted extends OnDatabase {
        @Override
        Database database() {
            return onPostgres;
        }

        @Override
        Optional<EventCipher> cipher() {
            return Optional.of(new EventCipher(List.of(new byte[EventCipher.KEY_BYTES])));
        }
    }

    /** As over an H2 server of an administrator's; the embedded one is reached by one process. */
    @Nested
    class OnH2 extends OnDatabase {
        @Override
        Database database() {
            return onH2;
        }
    }

    /** A database of its own, in a server that a test may break, with what nodes of it hear of the connection. */
    private static final class Breakable {
        private final PostgresProcess server = PostgresProcess.start();
        private final Map<String, String> settings =
                Map.of("foyer.db.url", server.newDatabase(), "foyer.db.user", server.user());
        private final List<Runnable> opened = new ArrayList<>();
        private final List<String> news = new CopyOnWriteArrayList<>();

        ChannelLayer layer(String node) {
            return layer(node, settings);
        }

        /** One that reaches the server by this way. */
        ChannelLayer layer(String node, CuttableProxy way) {
            Map<String, String> other = new HashMap<>(settings);
            other.computeIfPresent("foyer.db.url", (key, url) -> url.replace(":" + server.port(), ":" + way.port()));
            return layer(node, other);
        }

        private ChannelLayer layer(String node, Map<String, String> how) {
            Database database = Database.open(TestConfiguration.of(how));
            opened.add(0, database::close);
            ChannelLayer layer = DatabaseChannelLayer.open(
                    database, "test", node, LayerOptions.USUAL, Optional.empty(), true, Thread::new);
            opened.add(0, layer::close);
            layer.onConnectionChange(new ConnectionWatcher() {
                @Override
                public void disconnected() {
                    news.add(node + " disconnected");
                }

                @Override
                public void reconnected() {
                    news.add(node + " reconnected");
                }
            });
            await().atMost(SOON).until(() -> layer.status().connected());
            return layer;
        }

        void execute(String sql, Object... arguments) throws SQLException {
            try (Connection connection = DriverManager.getConnection(settings.get("foyer.db.url"), server.user(), "");
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                statement.execute();
            }
        }

        void awaitNews(String... expected) {
            await().atMost(SOON).until(() -> news.containsAll(List.of(expected)));
        }

        void close() {
            opened.forEach(Runnable::run);
            server.close();
        }
    }

    @Nested
    class Faults {
        private final Breakable database = new Breakable();

        @AfterEach
        void close() {
            database.close();
        }

        @Test
        void after_a_reconnect_everybody_hears_what_they_want_by_then() {
            ChannelLayer one = database.layer("one");
            ChannelLayer two = database.layer("two");
            String stays = one.newChannel();
            String leaves = one.newChannel();
            one.blocking().groupAdd("stays", stays);
            one.blocking().groupAdd("leaves", leaves);
            one.blocking().groupAdd("works", "jobs");
            database.server.kill();
            database.awaitNews("one disconnected", "two disconnected");
            String comes = one.newChannel();
            one.blocking().groupAdd("comes", comes);
            one.blocking().groupDiscard("leaves", leaves);
            database.server.restart();
            database.awaitNews("one reconnected", "two reconnected");
            await().atMost(SOON).ignoreExceptions().until(() -> {
                two.blocking().groupSend("leaves", event(1));
                two.blocking().groupSend("stays", event(2));
                two.blocking().groupSend("comes", event(3));
                two.blocking().groupSend("works", event(4));
                return true;
            });
            assertThat(one.blocking().receive(stays, SOON)).contains(event(2));
            assertThat(one.blocking().receive(comes, SOON)).contains(event(3));
            assertThat(one.blocking().receive(leaves, Duration.ZERO)).isEmpty();
            assertThat(one.blocking().receive("jobs", SOON)).contains(event(4));
        }

        @Test
        void without_the_database_a_send_fails_soon_and_channels_of_this_process_work() {
            ChannelLayer layer = database.layer("one");
            CompletableFuture<JsonObject> waiting = layer.receive("jobs");
            database.server.kill();
            assertThat(layer.send("jobs", event(1)))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(LayerUnavailableException.class);
            String own = layer.newChannel();
            layer.blocking().send(own, event(2));
            assertThat(layer.blocking().receive(own, SOON)).contains(event(2));
            database.server.restart();
            await().atMost(SOON).ignoreExceptions().until(() -> {
                layer.blocking().send("jobs", event(3));
                return true;
            });
            assertThat(waiting).succeedsWithin(SOON).isEqualTo(event(3));
        }

        @Test
        void what_no_transaction_has_begun_for_is_kept_and_done_once() {
            ChannelLayer layer = database.layer("one");
            layer.blocking().groupAdd("works", "jobs");
            database.server.kill();
            List<CompletionStage<Void>> sent = new ArrayList<>(); // the writer learns by them that it is away
            for (int i = 0; i < 20; i++) {
                sent.add(layer.groupSend("works", event(i)));
            }
            await().atMost(SOON).until(() -> !layer.status().connected());
            database.server.restart();
            for (int i = 0; i < 20; i++) {
                assertThat(layer.blocking().receive("jobs", SOON)).contains(event(i));
            }
            sent.forEach(each -> assertThat(each).succeedsWithin(SOON));
            assertThat(layer.blocking().receive("jobs", Duration.ofMillis(100))).isEmpty();
        }

        @Test
        void a_network_that_swallows_everything_is_noticed_and_nobody_waits_for_it() throws Exception {
            try (CuttableProxy way = CuttableProxy.to(database.server.port())) {
                ChannelLayer one = database.layer("one", way);
                way.plug();
                assertThat(one.send("jobs", event(1)))
                        .failsWithin(SOON)
                        .withThrowableThat()
                        .withCauseInstanceOf(LayerUnavailableException.class);
                await().atMost(Duration.ofSeconds(20)).until(() -> database.news.contains("one disconnected"));
                way.mend();
                database.awaitNews("one reconnected");
                await().atMost(SOON).until(() -> one.status().connected());
            }
        }

        @Test
        void an_order_reaches_a_node_whose_connection_was_lost_meanwhile() throws Exception {
            try (CuttableProxy way = CuttableProxy.to(database.server.port())) {
                ChannelLayer one = database.layer("one");
                ChannelLayer two = database.layer("two", way);
                String channel = two.newChannel();
                way.cut();
                database.awaitNews("two disconnected");
                CompletionStage<Void> added = one.groupAdd("group", channel);
                way.mend();
                database.awaitNews("two reconnected");
                await().atMost(SOON).ignoreExceptions().until(() -> {
                    one.blocking().groupSend("group", event(1));
                    return two.blocking()
                            .receive(channel, Duration.ofMillis(100))
                            .isPresent();
                });
                await().atMost(SOON).until(() -> added.toCompletableFuture().isDone());
            }
        }

        @Test
        void whose_process_does_not_answer_is_added_to_no_group() {
            ChannelLayer layer = database.layer("one");
            assertThat(layer.groupAdd("group", "specific.gone!abc"))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(LayerUnavailableException.class);
            assertThat(layer.groupDiscard("group", "specific.gone!abc")).succeedsWithin(SOON);
        }

        @Test
        void equal_events_and_long_ones_sent_at_once_all_arrive_in_order() {
            ChannelLayer one = database.layer("one");
            ChannelLayer two = database.layer("two");
            String channel = two.newChannel();
            two.blocking().groupAdd("group", channel);
            JsonObject large = Json.createObjectBuilder()
                    .add("type", "test")
                    .add("text", "ž".repeat(10_000))
                    .build();
            List<JsonObject> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sent.addAll(List.of(event(1), event(1), large));
            }
            sent.forEach(event -> one.groupSend("group", event));
            sent.forEach(
                    event -> assertThat(two.blocking().receive(channel, SOON)).contains(event));
            assertThat(two.blocking().receive(channel, Duration.ofMillis(100))).isEmpty();
        }

        @Test
        void what_is_added_after_a_flush_stays() {
            ChannelLayer layer = database.layer("one");
            for (int i = 0; i < 20; i++) {
                String channel = layer.newChannel();
                layer.blocking().flush();
                layer.blocking().groupAdd("group", channel);
                layer.blocking().groupSend("group", event(i));
                assertThat(layer.blocking().receive(channel, SOON)).contains(event(i));
            }
        }

        @Test
        void what_strangers_write_stops_nobody() throws Exception {
            ChannelLayer layer = database.layer("one");
            String channel = layer.newChannel();
            layer.blocking().groupAdd("group", channel);
            String wire = "SELECT pg_notify('" + PostgresChannelStore.channel(onPostgres, "test") + "', ?)";
            for (String payload : List.of(
                    "",
                    "x",
                    "m",
                    "e",
                    "e0 group {",
                    "e0 group []",
                    "o",
                    "o0 {}",
                    "o0 []",
                    "#",
                    "#x",
                    "#7",
                    "b",
                    "bstranger",
                    "o0 {\"type\":\"FLUSH\"}",
                    "o0 {\"type\":\"x\",\"id\":\"x\"}",
                    "e0 group " + "[".repeat(7_000))) {
                database.execute(wire, payload);
                database.execute(
                        "INSERT INTO channel_broadcast (layer, message, expires_at)"
                                + " VALUES ('test', ?, CURRENT_TIMESTAMP + INTERVAL '60' SECOND)",
                        payload);
                for (String whose : List.of("jobs", "a b", channel, "specific.gone!abc")) {
                    database.execute(
                            "INSERT INTO channel_event (layer, mailbox, channel, event, expires_at)"
                                    + " VALUES ('test', 'jobs', ?, ?, CURRENT_TIMESTAMP + INTERVAL '60' SECOND)",
                            whose,
                            payload);
                }
            }
            layer.blocking().groupSend("group", event(1));
            assertThat(layer.blocking().receive(channel, SOON)).contains(event(1));
            CompletableFuture<JsonObject> job = layer.receive("jobs");
            await().atMost(SOON).ignoreExceptions().until(() -> {
                layer.blocking().send("jobs", event(2));
                return job.isDone();
            });
            assertThat(job).isCompletedWithValue(event(2));
            assertThat(database.news).isEmpty();
        }

        @Test
        void a_pooler_that_hands_out_other_sessions_is_found_out() {
            PostgresChannelStore store = new PostgresChannelStore(onPostgres, ChannelNames.random(), SOON, SOON);
            assertThatThrownBy(() -> PostgresNews.on(deaf(onPostgres.connectApart()), "foyer_deaf", new Heard(store)))
                    .hasMessageContaining("a pooler in between must keep sessions");
        }

        /** Does everything but LISTEN, which it does in a session of somebody else's. */
        private Connection deaf(Connection connection) {
            InvocationHandler pooler = (proxy, method, arguments) -> {
                if (arguments != null && String.valueOf(arguments[0]).startsWith("LISTEN ")) {
                    arguments[0] = "SELECT 1";
                }
                return method.invoke(connection, arguments);
            };
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, pooler);
        }

        @Test
        void the_pool_has_its_connections_back_as_they_were() throws SQLException {
            ChannelStore store = ChannelStore.of(onPostgres, ChannelNames.random(), SOON, SOON);
            for (int i = 0; i < 20; i++) { // whichever connection it is
                store.deleteExpired();
                int millis = onPostgres
                        .jdbi()
                        .withHandle(handle -> handle.getConnection().getNetworkTimeout());
                assertThat(millis).isEqualTo(10_000);
            }
        }

        @Test
        void what_nobody_received_in_time_is_removed() {
            ChannelStore store =
                    ChannelStore.of(onPostgres, ChannelNames.random(), Duration.ofMillis(1), Duration.ofMillis(1));
            store.write(handle -> {
                store.put(handle, List.of(new Letter("jobs", "{}", 1)));
                store.keep(handle, List.of("x")).execute();
                store.join(handle, "group", "jobs");
            });
            await().atMost(SOON).until(() -> {
                store.deleteExpired();
                return onPostgres
                        .jdbi()
                        .withHandle(handle -> List.of("event", "broadcast", "member").stream()
                                .allMatch(table -> handle.select(
                                                        "SELECT COUNT(*) FROM channel_" + table + " WHERE layer = ?",
                                                        store.layer)
                                                .mapTo(Long.class)
                                                .one()
                                        == 0));
            });
        }
    }
}
