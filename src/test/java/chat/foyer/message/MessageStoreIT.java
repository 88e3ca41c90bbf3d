package chat.foyer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.foyer.database.Database;
import chat.foyer.fault.Fault;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.room.RoomName;
import chat.foyer.testing.BothDatabases;
import chat.foyer.testing.TestConfiguration;
import chat.foyer.user.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log's SQL against both databases: once for every ref, one order without holes, nothing that a reader misses. */
class MessageStoreIT extends BothDatabases {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final User ANA = new User("g-ana", "Ana", true);
    private static final User BO = new User("g-bo", "Bo", true);

    private MessageStore store(Kind kind) {
        return MessageStore.of(database(kind));
    }

    private static Change post(RoomName room, User author, String ref, String body) {
        return new Change.Post(room, author, new Draft(ref, body));
    }

    private static Message done(Outcome outcome) {
        assertThat(outcome.refusal()).isEmpty();
        return outcome.message().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void messages_take_the_numbers_of_their_room(Kind kind) {
        MessageStore store = store(kind);
        RoomName other = new RoomName("кухня 😀");
        assertThat(store.head(ROOM)).isZero();
        List<Outcome> outcomes = store.commit(List.of(
                post(ROOM, ANA, "a1", "one"),
                post(other, ANA, "a2", "elsewhere"),
                post(ROOM, BO, "a1", "two\n\ttwo 😀")));
        assertThat(outcomes.stream().map(MessageStoreIT::done).map(Message::seq))
                .containsExactly(1L, 1L, 2L);
        assertThat(store.head(ROOM)).isEqualTo(2);
        assertThat(store.heads(List.of(ROOM, other, new RoomName("nobody"))).values())
                .containsExactly(2L, 1L, 0L);
        assertThat(store.historyBefore(ROOM, Long.MAX_VALUE, 10))
                .isEqualTo(List.of(done(outcomes.get(0)), done(outcomes.get(2))));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_latest_changes_tell_from_where_they_are_complete(Kind kind) {
        MessageStore store = store(kind);
        assertThat(store.latest(ROOM, 3)).isEqualTo(new MessageStore.Latest(List.of(), 0, 0));
        Message one = done(store.commit(List.of(post(ROOM, ANA, "r1", "one"))).get(0));
        Message two = done(store.commit(List.of(post(ROOM, ANA, "r2", "two"))).get(0));
        assertThat(store.latest(ROOM, 3)).isEqualTo(new MessageStore.Latest(List.of(two, one), 0, 2));
        Message edited = done(store.commit(List.of(new Change.Edit(ROOM, ANA, one.id(), new Draft("e1", "uno"))))
                .get(0));
        Message four = done(store.commit(List.of(post(ROOM, ANA, "r4", "four"))).get(0));
        assertThat(store.latest(ROOM, 2)).isEqualTo(new MessageStore.Latest(List.of(four, edited), 2, 4));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_ref_is_done_once_for_ever_and_never_for_something_else(Kind kind) {
        MessageStore store = store(kind);
        Message first = done(store.commit(List.of(post(ROOM, ANA, "r", "hi"))).get(0));
        List<Outcome> again = store.commit(List.of(
                post(ROOM, ANA, "r", "hi"),
                post(ROOM, ANA, "r", "other"),
                post(new RoomName("x"), ANA, "r", "hi"),
                post(ROOM, ANA, "new", "twice in a batch"),
                post(ROOM, ANA, "new", "twice in a batch")));
        assertThat(again.get(0).known()).isTrue();
        assertThat(done(again.get(0))).isEqualTo(first);
        assertThat(again.get(1).refusal().orElseThrow().fault()).isEqualTo(Fault.REF);
        assertThat(again.get(2).refusal().orElseThrow().fault()).isEqualTo(Fault.REF);
        assertThat(again.get(3).known()).isFalse();
        assertThat(again.get(4).known()).isTrue();
        assertThat(done(again.get(4))).isEqualTo(done(again.get(3)));
        assertThat(store.head(ROOM)).isEqualTo(2);
        assertThat(store.head(new RoomName("x"))).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void edits_and_deletions_take_the_next_number_and_keep_the_place(Kind kind) {
        MessageStore store = store(kind);
        Message first = done(store.commit(List.of(post(ROOM, ANA, "r1", "teh"))).get(0));
        done(store.commit(List.of(post(ROOM, BO, "r2", "hm"))).get(0));
        Change edit = new Change.Edit(ROOM, ANA, first.id(), new Draft("e1", "the"));
        Message edited = done(store.commit(List.of(edit)).get(0));
        assertThat(edited.seq()).isEqualTo(1);
        assertThat(edited.rev()).isEqualTo(3);
        assertThat(edited.kind()).isEqualTo(Message.Kind.EDITED);
        assertThat(store.commit(List.of(edit)).get(0)).isEqualTo(Outcome.known(edited));
        assertThat(store.commit(List.of(post(ROOM, ANA, "r1", "teh"))).get(0).known())
                .as("resending what was edited since is still known")
                .isTrue();

        Message deleted = done(store.commit(List.of(new Change.Delete(ROOM, ANA, first.id(), "d1")))
                .get(0));
        assertThat(deleted.rev()).isEqualTo(4);
        assertThat(deleted.body()).isEmpty();
        assertThat(store.historyBefore(ROOM, Long.MAX_VALUE, 10)).first().isEqualTo(deleted);
        assertThat(store.changesAfter(ROOM, 2, 10).messages()).containsExactly(deleted);
        assertThat(store.commit(List.of(new Change.Edit(ROOM, ANA, first.id(), new Draft("e2", "zombie"))))
                        .get(0)
                        .refusal()
                        .orElseThrow()
                        .fault())
                .isEqualTo(Fault.NO_MESSAGE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void only_the_author_changes_a_message_and_only_in_its_room(Kind kind) {
        MessageStore store = store(kind);
        Message message =
                done(store.commit(List.of(post(ROOM, ANA, "r1", "mine"))).get(0));
        List<Outcome> outcomes = store.commit(List.of(
                new Change.Edit(ROOM, BO, message.id(), new Draft("e", "not yours")),
                new Change.Delete(ROOM, BO, message.id(), "d"),
                new Change.Delete(new RoomName("other"), ANA, message.id(), "d2"),
                new Change.Delete(ROOM, ANA, UUID.randomUUID(), "d3")));
        assertThat(outcomes.stream()
                        .map(outcome -> outcome.refusal().orElseThrow().fault()))
                .containsExactly(Fault.NOT_YOURS, Fault.NOT_YOURS, Fault.NO_MESSAGE, Fault.NO_MESSAGE);
        assertThat(store.head(ROOM)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void pages_lie_side_by_side(Kind kind) {
        MessageStore store = store(kind);
        List<Change> changes = new ArrayList<>();
        LongStream.rangeClosed(1, 100).forEach(i -> changes.add(post(ROOM, ANA, "r" + i, "m" + i)));
        store.commit(changes);
        assertThat(store.historyBefore(ROOM, Long.MAX_VALUE, 3).stream().map(Message::seq))
                .containsExactly(98L, 99L, 100L);
        assertThat(store.historyBefore(ROOM, 98, 2).stream().map(Message::seq)).containsExactly(96L, 97L);
        assertThat(store.historyAfter(ROOM, 98, 9).stream().map(Message::seq)).containsExactly(99L, 100L);
        Changes page = store.changesAfter(ROOM, 40, 10);
        assertThat(page.messages()).hasSize(10);
        assertThat(page.completeUpTo()).isEqualTo(50);
        assertThat(page.head()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void changes_come_in_the_order_of_their_numbers_whatever_was_amended(Kind kind) {
        MessageStore store = store(kind);
        List<Message> posted = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            posted.add(done(
                    store.commit(List.of(post(ROOM, ANA, "r" + i, "m" + i))).get(0)));
        }
        store.commit(List.of(new Change.Edit(ROOM, ANA, posted.get(1).id(), new Draft("e7", "superseded"))));
        store.commit(List.of(post(ROOM, ANA, "r8", "m8")));
        store.commit(List.of(new Change.Delete(ROOM, ANA, posted.get(4).id(), "d9")));
        store.commit(List.of(new Change.Edit(ROOM, ANA, posted.get(1).id(), new Draft("e10", "at last"))));
        assertThat(store.changesAfter(ROOM, 2, 100).messages().stream().map(Message::rev))
                .containsExactly(3L, 4L, 6L, 8L, 9L, 10L);
        Changes page = store.changesAfter(ROOM, 3, 3);
        assertThat(page.messages().stream().map(Message::rev)).containsExactly(4L, 6L, 8L);
        assertThat(page.completeUpTo()).isEqualTo(8);
        assertThat(store.changesAfter(ROOM, 9, 100).messages().stream().map(Message::body))
                .containsExactly("at last");
        assertThat(store.latest(ROOM, 4).messages().stream().map(Message::rev)).containsExactly(10L, 9L, 8L, 6L);
    }

    /** Reading costs what is read and not what is stored: no plan may go through all that a room ever said. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_end_of_a_long_room_is_read_by_an_index(Kind kind) {
        MessageStore store = store(kind);
        Database database = opened.get(0);
        for (int batch = 0; batch < 20; batch++) {
            int number = batch;
            store.commit(LongStream.range(0, 200)
                    .mapToObj(i -> post(ROOM, ANA, "r" + number + "-" + i, "m"))
                    .toList());
        }
        Message last = store.historyBefore(ROOM, Long.MAX_VALUE, 1).get(0);
        for (int i = 0; i < 50; i++) {
            store.commit(List.of(new Change.Edit(ROOM, ANA, last.id(), new Draft("e" + i, "edited " + i))));
        }
        long head = store.head(ROOM);
        List<String> statements = new ArrayList<>();
        database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.add(context.getRenderedSql());
            }
        });
        store.historyBefore(ROOM, head, 10);
        store.historyAfter(ROOM, head - 60, 10);
        store.latest(ROOM, 10);
        store.changesAfter(ROOM, head - 10, 10);
        database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        List<String> reads = statements.stream()
                .filter(statement -> statement.contains("LIMIT"))
                .toList();
        assertThat(reads).hasSize(4);
        for (int i = 0; i < reads.size(); i++) {
            boolean upwards = i % 2 == 1;
            String plan = explained(database, reads.get(i), head, upwards ? head - 60 : 0, kind);
            assertThat(mostRows(plan)).as(plan).isBetween(1, 100);
        }
    }

    private static String explained(Database database, String statement, long head, long after, Kind kind) {
        boolean upwards = after > 0;
        return database.jdbi().withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            if (kind == Kind.POSTGRESQL) {
                handle.execute("ANALYZE message");
            }
            return String.join(
                    "\n",
                    handle.createQuery("EXPLAIN ANALYZE " + statement)
                            .bind("name", ROOM.text())
                            .bind("seq", upwards ? after : head)
                            .bind("after", after)
                            .bind("limit", 10)
                            .mapTo(String.class)
                            .list());
        });
    }

    /** The most rows that any step of this plan has looked at. */
    private static int mostRows(String plan) {
        return Pattern.compile("scanCount: (\\d+)|actual time=\\S+ rows=(\\d+)|Rows Removed by Filter: (\\d+)")
                .matcher(plan)
                .results()
                .flatMap(found -> Stream.of(found.group(1), found.group(2), found.group(3)))
                .filter(Objects::nonNull)
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_import_keeps_its_id_and_is_taken_over_once(Kind kind) {
        MessageStore store = store(kind);
        Message there = new Message(
                UUID.randomUUID(),
                ROOM,
                900,
                900,
                BO,
                "far",
                "from afar",
                java.time.Instant.ofEpochMilli(1),
                java.util.Optional.empty(),
                false);
        Change taken = new Change.Import(ROOM, BO, new Draft("far", "from afar"), there.id(), there.at());
        Message here = done(store.commit(List.of(taken)).get(0));
        assertThat(here.id()).isEqualTo(there.id());
        assertThat(here.at()).isEqualTo(there.at());
        assertThat(here.seq()).isEqualTo(1);
        assertThat(store.commit(List.of(taken)).get(0).known()).isTrue();
        assertThat(store.commit(List.of(post(ROOM, BO, "far", "from afar")))
                        .get(0)
                        .known())
                .as("its author resends it here")
                .isTrue();
    }

    /** The promise that a cursor rests on: who has read up to a number has read everything before it. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_reader_that_follows_four_writers_skips_nothing(Kind kind) throws Exception {
        MessageStore store = store(kind);
        int writers = 4;
        int batches = 150;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int w = 0; w < writers; w++) {
            int writer = w;
            pool.execute(() -> {
                try {
                    for (int i = 0; i < batches; i++) {
                        List<Change> batch = new ArrayList<>();
                        for (int j = 0; j < 1 + i % 5; j++) {
                            batch.add(post(ROOM, new User("w" + writer, "W", true), i + "-" + j, "x"));
                        }
                        Collections.shuffle(batch);
                        store.commit(batch);
                    }
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            });
        }
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<List<Long>> reading = CompletableFuture.supplyAsync(() -> {
            List<Long> seen = new ArrayList<>();
            long cursor = 0;
            boolean last = false;
            while (true) {
                Changes changes = store.changesAfter(ROOM, cursor, 50);
                changes.messages().forEach(message -> seen.add(message.rev()));
                cursor = changes.completeUpTo();
                if (last && cursor == changes.head()) {
                    return seen;
                }
                last = !writing.get();
            }
        });
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        writing.set(false);
        assertThat(failures).isEmpty();
        long head = store.head(ROOM);
        assertThat(head).isEqualTo(writers * batches * 3L);
        assertThat(reading.get(30, TimeUnit.SECONDS))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, head).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_same_ref_at_once_from_many_is_one_row_and_one_answer(Kind kind) throws Exception {
        MessageStore store = store(kind);
        int callers = 8;
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> store.commit(List.of(post(ROOM, ANA, "same", "once"))).get(0), pool));
        }
        List<Outcome> outcomes = answers.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes.stream().map(MessageStoreIT::done).distinct()).hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> !outcome.known())).hasSize(1);
        assertThat(store.head(ROOM)).isEqualTo(1);
        pool.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rooms_locked_in_any_order_do_not_block_each_other(Kind kind) throws Exception {
        MessageStore store = store(kind);
        List<RoomName> rooms =
                LongStream.range(0, 10).mapToObj(i -> new RoomName("room" + i)).toList();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            User author = new User("w" + w, "W", true);
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 40; i++) {
                            List<RoomName> shuffled = new ArrayList<>(rooms);
                            Collections.shuffle(shuffled);
                            List<Change> batch = new ArrayList<>();
                            for (RoomName room : shuffled) {
                                batch.add(post(room, author, room + "-" + i, "x"));
                            }
                            store.commit(batch);
                        }
                    },
                    pool));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(store.heads(rooms).values()).containsOnly(160L);
        pool.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void two_nodes_that_start_at_once_migrate_once_and_agree_on_the_epoch(Kind kind) {
        if (kind == Kind.H2) {
            return; // an embedded database has one node
        }
        Map<String, String> settings = settings(kind);
        List<Database> nodes = Collections.nCopies(3, settings).parallelStream()
                .map(node -> Database.open(TestConfiguration.of(node)))
                .toList();
        opened.addAll(nodes);
        assertThat(nodes.stream().map(Database::epoch).distinct()).hasSize(1);
        assertThat(nodes)
                .allSatisfy(node ->
                        assertThat(node.hintKey()).isEqualTo(nodes.get(0).hintKey()));
    }

    /** H2 closes the database by itself when the disk is full, and leaves its connections behind. */
    @Test
    void a_database_that_was_closed_under_its_connections_is_opened_again() throws Exception {
        MessageStore store = store(Kind.H2);
        store.commit(List.of(post(ROOM, ANA, "before", "kept")));
        opened.get(0)
                .jdbi()
                .useHandle(handle -> ((SessionLocal) handle.getConnection()
                                .unwrap(JdbcConnection.class)
                                .getSession())
                        .getDatabase()
                        .getStore()
                        .getMvStore()
                        .closeImmediately());
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofSeconds(1)) // as a lane tries again
                .ignoreExceptions()
                .untilAsserted(() -> done(
                        store.commit(List.of(post(ROOM, ANA, "after", "again"))).get(0)));
        assertThat(store.historyBefore(ROOM, Long.MAX_VALUE, 10))
                .extracting(Message::body)
                .containsExactly("kept", "again");
    }

    @Test
    void messages_are_stored_within_seconds_of_the_return_of_postgresql() {
        MessageStore store = store(Kind.POSTGRESQL);
        store.commit(List.of(post(ROOM, ANA, "before", "kept")));
        postgres.kill();
        long away = System.nanoTime();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            assertThatThrownBy(() -> store.head(ROOM)).isInstanceOf(JdbiException.class);
            return System.nanoTime() - away > TimeUnit.SECONDS.toNanos(6); // now a pool's pauses are long
        });
        postgres.restart();
        await().atMost(Duration.ofSeconds(
                        4)) // the first attempt may wait for its connection as long as any may, for two
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .untilAsserted(() -> done(
                        store.commit(List.of(post(ROOM, ANA, "after", "again"))).get(0)));
    }

    @Test
    void a_transaction_that_stands_still_holds_up_its_room_for_some_seconds_only() {
        MessageStore store = store(Kind.POSTGRESQL);
        store.commit(List.of(post(ROOM, ANA, "before", "hi")));
        assertThatThrownBy(() -> opened.get(0).jdbi().useTransaction(still -> {
                    still.execute("SELECT id FROM room FOR UPDATE");
                    long start = System.nanoTime();
                    done(CompletableFuture.supplyAsync(
                                    () -> store.commit(List.of(post(ROOM, BO, "meanwhile", "hello"))))
                            .join()
                            .get(0));
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
                    still.execute("SELECT 1");
                }))
                .hasStackTraceContaining("idle-in-transaction");
    }
}
