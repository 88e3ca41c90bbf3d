package chat.foyer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.foyer.database.Database;
import chat.foyer.fault.Fault;
import chat.foyer.message.Attachment;
import chat.foyer.message.Change;
import chat.foyer.message.Draft;
import chat.foyer.message.Message;
import chat.foyer.message.MessageStore;
import chat.foyer.message.Outcome;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.testing.BothDatabases;
import chat.foyer.user.User;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files, their bytes and their messages, on both databases and in the place that each has for bytes. */
class FileStoreIT extends BothDatabases {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final User ANA = new User("u-ana", "Ana", false);
    private static final User BO = new User("u-bo", "Bo", false);
    private static final String HASH = "ab".repeat(32);

    @TempDir
    Path uploads;

    private UploadStore store;
    private FileStore bytes;
    private MessageStore messages;

    private void begin(Kind kind) {
        Database database = database(kind);
        store = UploadStore.of(database);
        bytes = FileStores.of(database.configuration(), database);
        messages = MessageStore.of(database);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(uploads.resolve("upload-" + UUID.randomUUID()), content);
    }

    /** Puts a file there as an upload does. */
    private UUID uploaded(User owner, RoomName room, String hash, String content) throws IOException {
        UUID id = UUID.randomUUID();
        store.add(
                new Attachment(id, "a.txt", Attachment.OPAQUE, content.length(), 0, 0, false), hash, owner.id(), room);
        bytes.keep(hash, file(content.getBytes()));
        return id;
    }

    private String content(String hash) throws IOException {
        try (InputStream stream = bytes.open(hash)) {
            return new String(stream.readAllBytes());
        }
    }

    private boolean isKept(String hash) {
        try {
            bytes.open(hash).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Outcome post(User author, RoomName room, String ref, UUID... files) {
        return messages.commit(List.of(new Change.Post(room, author, new Draft(ref, "", List.of(files)))))
                .get(0);
    }

    private static Fault refusal(Outcome outcome) {
        return outcome.refusal().orElseThrow().fault();
    }

    private void cleanAt(Instant now) {
        FileCleaner.clean(store, bytes, now);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bytes_come_back_as_they_were(Kind kind) throws IOException {
        begin(kind);
        int chunk = DatabaseFileStore.CHUNK;
        for (int size : new int[] {1, chunk - 1, chunk, chunk + 1, 3 * chunk}) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            String hash = "%064x".formatted(size);
            bytes.keep(hash, file(content));
            bytes.keep(hash, file(content)); // once more does nothing
            try (InputStream stream = bytes.open(hash)) {
                assertThat(stream.readAllBytes()).isEqualTo(content);
            }
            bytes.remove(hash);
            bytes.remove(hash);
            assertThatThrownBy(() -> bytes.open(hash)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_same_bytes_can_be_kept_by_many_at_once(Kind kind) throws IOException {
        begin(kind);
        byte[] content = new byte[2 * DatabaseFileStore.CHUNK + 7];
        Arrays.fill(content, (byte) 'x');
        Path file = file(content);
        Stream<CompletableFuture<Void>> keepers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        bytes.keep(HASH, file);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        CompletableFuture.allOf(keepers.toArray(CompletableFuture[]::new)).join();
        assertThat(content(HASH)).isEqualTo(new String(content));
    }

    /** Each would hold a connection while it waits for who was first. */
    @Test
    void the_same_bytes_in_many_uploads_leave_connections_for_messages() throws IOException, SQLException {
        Map<String, String> settings = settings(Kind.POSTGRESQL);
        Database database = database(settings);
        FileStore shared = FileStores.of(database.configuration(), database);
        Path file = file("same".getBytes());
        List<CompletableFuture<Void>> keepers;
        ExecutorService threads = Executors.newFixedThreadPool(15);
        try (Connection first = DriverManager.getConnection(settings.get("foyer.db.url"), postgres.user(), "")) {
            first.setAutoCommit(false);
            first.createStatement().execute("INSERT INTO file_chunk VALUES ('" + HASH + "', 0, 'same')");
            keepers = IntStream.range(0, 15)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                try {
                                    shared.keep(HASH, file);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            threads))
                    .toList();
            await().until(() -> waitingForLocks(database) >= DatabaseFileStore.WRITERS);
            assertThat(waitingForLocks(database)).isEqualTo(DatabaseFileStore.WRITERS);
            first.commit();
        }
        CompletableFuture.allOf(keepers.toArray(CompletableFuture[]::new)).join();
        threads.shutdown();
    }

    private static int waitingForLocks(Database database) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """).mapTo(Integer.class).one());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_message_carries_its_files_until_it_is_deleted(Kind kind) throws IOException {
        begin(kind);
        UUID one = uploaded(ANA, ROOM, HASH, "one");
        UUID two = uploaded(ANA, ROOM, "cd".repeat(32), "two");
        assertThat(store.find(one).orElseThrow().posted()).isFalse();
        Outcome outcome = post(ANA, ROOM, "r1", two, one);
        Message message = outcome.message().orElseThrow();
        assertThat(message.files()).extracting(Attachment::id).containsExactly(two, one);
        assertThat(messages.historyBefore(ROOM, Long.MAX_VALUE, 9)).containsExactly(message);
        assertThat(messages.changesAfter(ROOM, 0, 9).messages()).containsExactly(message);
        assertThat(post(ANA, ROOM, "r1", two, one).known()).isTrue();
        assertThat(store.find(one).orElseThrow().posted()).isTrue();
        assertThat(store.find(one).orElseThrow().room()).isEqualTo(ROOM);

        Change edit = new Change.Edit(ROOM, ANA, message.id(), new Draft("e1", "look at these"));
        assertThat(messages.commit(List.of(edit)).get(0).message().orElseThrow().files())
                .isEqualTo(message.files());
        cleanAt(Instant.now().plus(Duration.ofDays(400)));
        assertThat(content(HASH)).isEqualTo("one");

        messages.commit(List.of(new Change.Delete(ROOM, ANA, message.id(), "d1")));
        assertThat(messages.historyBefore(ROOM, Long.MAX_VALUE, 9).get(0).files())
                .isEmpty();
        assertThat(store.find(one)).isEmpty();
        cleanAt(Instant.now());
        assertThat(isKept(HASH)).isFalse();
        assertThat(isKept("cd".repeat(32))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_is_for_one_message_of_its_owner_in_its_room(Kind kind) throws IOException {
        begin(kind);
        UUID anas = uploaded(ANA, ROOM, HASH, "x");
        UUID free = uploaded(ANA, ROOM, HASH, "x");
        assertThat(refusal(post(BO, ROOM, "b1", anas))).isEqualTo(Fault.NO_FILE);
        assertThat(refusal(post(ANA, new RoomName("elsewhere"), "a1", anas))).isEqualTo(Fault.NO_FILE);
        assertThat(refusal(post(ANA, ROOM, "a2", anas, UUID.randomUUID()))).isEqualTo(Fault.NO_FILE);
        List<Outcome> both = messages.commit(List.of(
                new Change.Post(ROOM, ANA, new Draft("a3", "mine", List.of(anas))),
                new Change.Post(ROOM, ANA, new Draft("a4", "again", List.of(anas, free))),
                new Change.Post(ROOM, ANA, new Draft("a5", "no file"))));
        assertThat(both.get(0).refusal()).isEmpty();
        assertThat(refusal(both.get(1))).isEqualTo(Fault.NO_FILE);
        assertThat(both.get(2).message().orElseThrow().seq()).isEqualTo(2);
        assertThat(refusal(post(ANA, ROOM, "a6", anas))).isEqualTo(Fault.NO_FILE);
        assertThat(post(ANA, ROOM, "a7", free).refusal())
                .as("not lost by the refusal")
                .isEmpty();
        assertThat(refusal(post(ANA, ROOM, "a7", anas)))
                .as("another content under a ref")
                .isEqualTo(Fault.REF);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_follows_its_room_to_another_name(Kind kind) throws IOException {
        begin(kind);
        messages.commit(List.of(new Change.Post(ROOM, new User("g-cy", "Cy", true), new Draft("c1", "hello"))));
        UUID id = uploaded(ANA, ROOM, HASH, "x");
        RoomName renamed = new RoomName("atrium");
        assertThat(messages.commit(List.of(new Change.Alter(ROOM, ANA, true, new RoomChange.Rename(renamed), "n1")))
                        .get(0)
                        .refusal())
                .isEmpty();
        assertThat(post(ANA, renamed, "a1", id).refusal()).isEmpty();
        assertThat(store.find(id).orElseThrow().room()).isEqualTo(renamed);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_is_not_posted_within_a_day_goes_and_takes_nothing_with_it(Kind kind) throws IOException {
        begin(kind);
        UUID posted = uploaded(ANA, ROOM, HASH, "same");
        UUID waiting = uploaded(BO, ROOM, HASH, "same");
        UUID thumbnailed = uploaded(BO, ROOM, "ef".repeat(32), "large");
        store.addThumbnail(thumbnailed, "01".repeat(32));
        bytes.keep("01".repeat(32), file(new byte[] {1}));
        post(ANA, ROOM, "a1", posted);
        cleanAt(Instant.now());
        assertThat(store.find(waiting)).isPresent();
        cleanAt(Instant.now().plus(UploadStore.PATIENCE).plusSeconds(60));
        assertThat(store.find(waiting)).isEmpty();
        assertThat(store.find(posted)).isPresent();
        assertThat(content(HASH)).as("the bytes of the other one").isEqualTo("same");
        assertThat(isKept("ef".repeat(32))).isFalse();
        assertThat(isKept("01".repeat(32))).isFalse();
        assertThat(refusal(post(BO, ROOM, "b1", waiting))).isEqualTo(Fault.NO_FILE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_somebody_has_not_posted_is_counted_until_it_is(Kind kind) throws IOException {
        begin(kind);
        assertThat(store.unposted(ANA.id())).isZero();
        UUID posted = uploaded(ANA, ROOM, HASH, "four");
        UUID given = uploaded(ANA, ROOM, HASH, "seven!!");
        uploaded(BO, ROOM, HASH, "somebody else's");
        assertThat(store.unposted(ANA.id())).isEqualTo(11);
        assertThat(post(ANA, ROOM, "a1", posted).refusal()).isEmpty();
        assertThat(store.unposted(ANA.id())).isEqualTo(7);
        store.giveUp(given);
        assertThat(store.unposted(ANA.id())).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bytes_that_cannot_be_removed_do_not_keep_the_others(Kind kind) throws IOException {
        begin(kind);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 150; i++) { // more than a round looks at
            ids.add(uploaded(ANA, ROOM, i < 120 ? HASH : "ef".repeat(32), "x"));
        }
        FileStore stubborn = new FileStore() {
            @Override
            public void keep(String hash, Path file) throws IOException {
                bytes.keep(hash, file);
            }

            @Override
            public InputStream open(String hash) throws IOException {
                return bytes.open(hash);
            }

            @Override
            public void remove(String hash) throws IOException {
                if (hash.equals(HASH)) {
                    throw new IOException("held by somebody else");
                }
                bytes.remove(hash);
            }
        };
        Instant over = Instant.now().plus(UploadStore.PATIENCE).plusSeconds(60);
        FileCleaner.clean(store, stubborn, over);
        assertThat(isKept("ef".repeat(32))).isFalse();
        assertThat(isKept(HASH)).isTrue();
        assertThat(store.expired(over, 200)).hasSize(1);
        cleanAt(over);
        assertThat(isKept(HASH)).isFalse();
    }

    @Test
    void what_a_killed_node_has_left_goes_and_what_another_writes_stays() throws IOException {
        Path incoming = Files.createDirectories(uploads.resolve("incoming"));
        Path left = Files.createFile(incoming.resolve("left"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path coming = Files.createFile(incoming.resolve("coming"));
        new DirectoryFileStore(uploads);
        assertThat(left).doesNotExist();
        assertThat(coming).exists();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bytes_that_somebody_uploads_while_others_remove_them_are_there(Kind kind) throws IOException {
        begin(kind);
        for (int round = 0; round < 10; round++) {
            UUID going = uploaded(ANA, ROOM, HASH, "again");
            store.giveUp(going);
            CompletableFuture<Void> cleaner = CompletableFuture.runAsync(() -> cleanAt(Instant.now()));
            UUID coming = uploaded(BO, ROOM, HASH, "again");
            cleaner.join();
            assertThat(content(HASH)).isEqualTo("again");
            store.giveUp(coming);
            cleanAt(Instant.now());
            assertThat(isKept(HASH)).isFalse();
        }
    }
}
