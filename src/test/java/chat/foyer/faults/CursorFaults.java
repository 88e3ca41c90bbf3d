package chat.foyer.faults;

import chat.foyer.database.Database;
import chat.foyer.message.Change;
import chat.foyer.message.Draft;
import chat.foyer.message.MessageStore;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.room.RoomName;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.StoredMessages;
import chat.foyer.testing.TestConfiguration;
import chat.foyer.user.User;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four writers and a reader that asks every 2 ms for what came after its cursor: with numbers from the locked counter of
 * the room it skips nothing, with numbers from a database sequence it does, because transactions commit out of order.
 */
@ExtendWith(FaultReport.class)
class CursorFaults {
    private static final int WRITERS = 4;
    private static final long POLL_MILLIS = 2;
    private static final Duration WHOLE = Duration.ofSeconds(60);
    private static final Duration DEMONSTRATION = Duration.ofSeconds(10);
    private static final RoomName ROOM = new RoomName("cursor");

    @TempDir
    Path directory;

    private Database database;

    /** Something that reads what came after its cursor, moves it, and says how many it has read in all. */
    private interface Reader {
        long readOn() throws SQLException;
    }

    @Breaks(row = 60, fault = "4 writers, a reader every 2 ms, 60 s, H2", expected = "skipped 0")
    void nothing_is_skipped_on_h2(Row row) throws Exception {
        lockedCounter(row, open(Map.of()));
    }

    @Breaks(row = 61, fault = "4 writers, a reader every 2 ms, 60 s, PostgreSQL", expected = "skipped 0")
    void nothing_is_skipped_on_postgresql(Row row) throws Exception {
        try (PostgresProcess postgres = PostgresProcess.start()) {
            lockedCounter(row, open(Map.of("foyer.db.url", postgres.newDatabase(), "foyer.db.user", postgres.user())));
            close();
        }
    }

    @Breaks(
            row = 62,
            fault = "the same with a database sequence, 10 s, H2",
            expected = "skipped above 0: why there is a locked counter")
    void a_sequence_skips_on_h2(Row row) throws Exception {
        sequence(row, new StoredMessages("jdbc:h2:file:" + directory.resolve("sequence") + ";WRITE_DELAY=0", "foyer"));
    }

    @Breaks(
            row = 63,
            fault = "the same with a database sequence, 10 s, PostgreSQL",
            expected = "skipped above 0: why there is a locked counter")
    void a_sequence_skips_on_postgresql(Row row) throws Exception {
        try (PostgresProcess postgres = PostgresProcess.start()) {
            sequence(row, StoredMessages.of(postgres, postgres.newDatabase()));
        }
    }

    private MessageStore open(Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(further);
        settings.put("foyer.data-dir", directory.toString());
        database = Database.open(TestConfiguration.of(settings));
        return MessageStore.of(database);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    private static void lockedCounter(Row row, MessageStore store) throws Exception {
        long[] cursor = {0};
        long[] count = {0};
        long read = race(
                WHOLE,
                writer -> {
                    User author = new User("w" + writer, "W", true);
                    int[] next = {0};
                    return () -> {
                        List<Change> batch = new ArrayList<>();
                        for (int i = 0; i <= next[0] % 5; i++) {
                            batch.add(new Change.Post(ROOM, author, new Draft(next[0] + "-" + i, "x")));
                        }
                        next[0]++;
                        store.commit(batch);
                        return null;
                    };
                },
                () -> {
                    Changes changes = store.changesAfter(ROOM, cursor[0], 1_000);
                    cursor[0] = changes.completeUpTo();
                    return count[0] += changes.messages().size();
                });
        long stored = store.head(ROOM);
        row.measured("stored", stored, "");
        row.atMost("skipped", stored - read, 0, "");
        row.holds("there was something to skip", stored > 1_000);
    }

    private static void sequence(Row row, StoredMessages database) throws Exception {
        List<Connection> connections = new ArrayList<>();
        try (Connection first = database.connect();
                Statement table = first.createStatement()) {
            table.execute(
                    "CREATE TABLE line (seq BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, body VARCHAR(9))");
            long[] cursor = {0};
            long[] count = {0};
            long read = race(
                    DEMONSTRATION,
                    writer -> {
                        Connection connection = database.connect();
                        connections.add(connection);
                        connection.setAutoCommit(false);
                        Statement insert = connection.createStatement();
                        return () -> {
                            insert.executeUpdate("INSERT INTO line (body) VALUES ('one'), ('two'), ('three')");
                            connection.commit();
                            return null;
                        };
                    },
                    () -> {
                        ResultSet rows = table.executeQuery(
                                "SELECT seq FROM line WHERE seq > " + cursor[0] + " ORDER BY seq LIMIT 1000");
                        while (rows.next()) {
                            cursor[0] = rows.getLong(1);
                            count[0]++;
                        }
                        return count[0];
                    });
            ResultSet all = table.executeQuery("SELECT count(*) FROM line");
            all.next();
            long stored = all.getLong(1);
            row.measured("stored", stored, "");
            row.measured("skipped", stored - read, "");
            row.holds("something was skipped", stored > read);
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private interface Writers {
        Callable<Void> writer(int number) throws SQLException;
    }

    /** Lets the writers write for so long while the reader reads; returns how much it has read when all is told. */
    private static long race(Duration time, Writers writers, Reader reader) throws Exception {
        ExecutorService writing = Executors.newFixedThreadPool(WRITERS);
        ScheduledExecutorService reading = Executors.newSingleThreadScheduledExecutor();
        try {
            CompletableFuture<Void> failed = new CompletableFuture<>();
            ScheduledFuture<?> polling = reading.scheduleWithFixedDelay(
                    () -> guarded(failed, reader::readOn), 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; i < WRITERS; i++) {
                Callable<Void> writer = writers.writer(i);
                writing.execute(() -> {
                    while (System.nanoTime() < end && !failed.isDone()) {
                        guarded(failed, writer);
                    }
                });
            }
            writing.shutdown();
            if (!writing.awaitTermination(time.toSeconds() + 30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the writers do not end");
            }
            polling.cancel(false);
            if (failed.isDone()) {
                failed.join();
            }
            return reading.submit(() -> {
                        long before = -1;
                        long now = reader.readOn();
                        while (now > before) {
                            before = now;
                            now = reader.readOn();
                        }
                        return now;
                    })
                    .get();
        } finally {
            writing.shutdownNow();
            reading.shutdownNow();
        }
    }

    private static void guarded(CompletableFuture<Void> failed, Callable<?> step) {
        try {
            step.call();
        } catch (Exception e) {
            failed.completeExceptionally(e);
        }
    }
}
