package chat.foyer.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.foyer.testing.Load;
import chat.foyer.testing.Mount;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.StoredMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** The only node with its embedded database is killed, or its disk gets full. */
@ExtendWith(FaultReport.class)
class EmbeddedFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** After an outage of 20 s each client has hundreds of messages to send again, at the rate that is allowed to it. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(180);

    private static final int ROWS = 500_000;

    @Breaks(
            row = 20,
            fault = "kill -9 of the only node, with H2, 10 times under load, the last with 500,000 messages",
            expected = "the database opens again ≤ 3 s")
    void the_only_node_is_killed(Row row) throws Exception {
        ServerProcess server = ServerProcess.start(Kind.current(), Map.of());
        try (Load load = new Load()) {
            List<ResumingClient> crowd = load.room("only", Load.at(8, server.node()));
            load.speak(crowd, 20);
            double longest = 0;
            for (int i = 1; i <= 10; i++) {
                long answered = load.answered();
                await().atMost(PATIENCE).until(() -> load.answered() > answered + 200);
                server.kill();
                if (i == 9) {
                    fill(server.dataDirectory());
                }
                longest = Math.max(longest, millisToOpen(server.dataDirectory()));
                server.restart();
            }
            row.atMost("longest time to open the database", longest / 1000, 3, "s");
            load.settle(CATCHING_UP);
            server.stop();
            row.judged(load.judge(StoredMessages.in(server.dataDirectory())));
        } finally {
            server.close();
        }
    }

    /** Opens a copy of the file as the killed server has left it. */
    private static double millisToOpen(Path data) throws IOException, SQLException {
        Path copy = Files.createTempDirectory("killed-");
        Files.copy(data.resolve("foyer.mv.db"), copy.resolve("foyer.mv.db"));
        long start = System.nanoTime();
        try (Connection connection = StoredMessages.in(copy).connect()) {
            connection.createStatement().executeQuery("SELECT max(last_seq) FROM room");
            return (System.nanoTime() - start) / 1e6;
        } finally {
            Files.delete(copy.resolve("foyer.mv.db"));
        }
    }

    private static void fill(Path data) throws SQLException {
        try (Connection connection = StoredMessages.in(data).connect()) {
            connection.createStatement().execute("""
                    INSERT INTO room (name, last_seq, created_at) VALUES ('bulk', %1$d, CURRENT_TIMESTAMP);
                    INSERT INTO message (id, room_id, seq, rev, author_id, author_name, author_guest, ref, fingerprint, body,
                        posted_at)
                    SELECT random_uuid(), (SELECT id FROM room WHERE name = 'bulk'), "X", "X", 'bulk', 'Bulk', TRUE, 'bulk-' || "X",
                        random_uuid(), 'a line of chat of an ordinary length, number ' || "X", CURRENT_TIMESTAMP
                    FROM system_range(1, %1$d);
                    """.formatted(ROWS));
        }
    }

    @Breaks(
            row = 21,
            fault = "the disk of the embedded database is full for a while",
            expected = "refused, never falsely acknowledged; recovery ≤ 10 s")
    void the_disk_is_full(Row row) {
        Optional<Mount> mounted = Mount.ofMegabytes(8);
        assumeTrue(mounted.isPresent(), "a full disk needs root, to mount a file system of a fixed size");
        try (Mount disk = mounted.get()) {
            ServerProcess server = ServerProcess.start(
                    Kind.current(),
                    Map.of("foyer.data-dir", disk.directory().resolve("data").toString()));
            try (Load load = new Load()) {
                List<ResumingClient> crowd = load.room("full", Load.at(4, server.node()));
                load.speak(crowd, 10);
                load.speakAtLength(crowd, 20);
                await("a full disk")
                        .atMost(PATIENCE)
                        .until(() -> Files.getFileStore(disk.directory()).getUsableSpace() < 64 * 1024);
                await("nothing is stored any more").atMost(PATIENCE).until(() -> {
                    long answered = load.answered();
                    load.run(Duration.ofSeconds(3));
                    return load.answered() == answered;
                });
                disk.resize(512);
                row.atMost(
                        "first answer after there was room again",
                        Load.millisToStored(server.node(), System.nanoTime()) / 1000,
                        10,
                        "s");
                load.settle(PATIENCE);
                server.stop();
                row.judged(load.judge(StoredMessages.in(disk.directory().resolve("data"))));
            } finally {
                server.close();
            }
        }
    }
}
