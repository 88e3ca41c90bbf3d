package chat.foyer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.message.Message;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.message.MessageStore.Latest;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.room.RoomName;
import chat.foyer.testing.FakeSocket;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.words.Words;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomFeedTest {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final User ANA = new User("g-ana", "Ana", true);

    private static final long LET_IN =
            1_000_000; // with regard to every change; what ends members is tested in RoomFeedCutTest

    private final ExecutorService drainers = Executors.newFixedThreadPool(4);
    private final FakeLog log = new FakeLog();
    private final RoomFeed feed = log.feed = new RoomFeed(drainers, log);

    /** A log that is read when the test says so. */
    private static final class FakeLog implements RoomFeed.Past {
        final List<Long> reads = new CopyOnWriteArrayList<>();
        final AtomicInteger recentReads = new AtomicInteger();
        final Map<Connection, Long> behind = new ConcurrentHashMap<>();
        final Queue<Runnable> gaps = new ConcurrentLinkedQueue<>();
        RoomFeed feed;

        @Override
        public void later(Runnable gapDue) {
            gaps.add(gapDue);
        }

        @Override
        public void readGap(RoomFeed feed, long after) {
            reads.add(after);
        }

        @Override
        public void readRecent(RoomFeed feed) {
            recentReads.incrementAndGet();
        }

        @Override
        public void catchUp(RoomFeed feed, Connection member, long after) {
            behind.put(member, after);
        }

        void patienceEnds() {
            await().until(() -> !gaps.isEmpty());
            gaps.remove().run();
        }
    }

    private static ServerFrame greeting(long head) {
        return new ServerFrame.Welcome(
                "lobby", ANA, head, "epoch", List.of(), 0, new ServerFrame.Limits(null, null, null, null, null));
    }

    private void join(Connection connection) {
        feed.join(connection, OptionalLong.empty(), (head, missed) -> connection.welcome(greeting(head)));
    }

    /** What a member is told that comes back; null when it must load the room anew. */
    private CompletableFuture<List<String>> comesBack(long knows) {
        CompletableFuture<List<String>> told = new CompletableFuture<>();
        Connection connection = connection(new FakeSocket(FakeSocket.Client.READS), Wire.RICH);
        feed.join(
                connection,
                OptionalLong.of(knows),
                (head, missed) -> told.complete(missed.map(
                                messages -> messages.stream().map(Message::body).toList())
                        .orElse(null)));
        return told.orTimeout(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        drainers.shutdownNow();
    }

    private static Connection connection(FakeSocket socket, Wire wire) {
        Outbox outbox = new Outbox(Runnable::run, later -> {});
        socket.answering(outbox::ponged);
        outbox.attach(socket.session());
        return new Connection(
                ROOM, Identity.ofGuest(ANA), InetAddress.getLoopbackAddress(), wire, Words.ENGLISH, outbox, LET_IN);
    }

    private static Message message(long number, String body) {
        return changed(number, number, body);
    }

    private static Message changed(long seq, long rev, String body) {
        return new Message(
                new UUID(0, seq), ROOM, seq, rev, ANA, "r-" + seq, body, Instant.EPOCH, Optional.empty(), false);
    }

    @Test
    void each_wire_is_spoken_its_own_way() {
        FakeSocket plain = new FakeSocket(FakeSocket.Client.READS);
        FakeSocket rich = new FakeSocket(FakeSocket.Client.READS);
        feed.start(0);
        join(connection(plain, Wire.PLAIN));
        join(connection(rich, Wire.RICH));
        feed.show(message(1, "hi"));
        await().until(() -> rich.sent().size() == 2 && plain.sent().size() == 1);
        assertThat(plain.sent()).containsExactly("{\"message\":\"hi\"}");
        assertThat(rich.sent().get(0)).startsWith("[{\"type\":\"welcome\"");
        assertThat(rich.sent().get(1))
                .startsWith("[{\"type\":\"message.posted\"")
                .contains("\"body\":\"hi\"");
    }

    @Test
    void a_member_sees_exactly_what_is_said_between_its_joining_and_its_leaving() {
        FakeSocket early = new FakeSocket(FakeSocket.Client.READS);
        FakeSocket late = new FakeSocket(FakeSocket.Client.READS);
        Connection first = connection(early, Wire.PLAIN);
        feed.start(0);
        join(first);
        feed.show(message(1, "one"));
        join(connection(late, Wire.PLAIN));
        feed.show(message(2, "two"));
        feed.leave(first);
        feed.show(message(3, "three"));
        await().until(() -> late.sent().size() == 2);
        assertThat(early.sent()).containsExactly("{\"message\":\"one\"}", "{\"message\":\"two\"}");
        assertThat(late.sent()).containsExactly("{\"message\":\"two\"}", "{\"message\":\"three\"}");
    }

    @Test
    void all_members_see_one_order_however_the_changes_arrive() throws Exception {
        List<FakeSocket> sockets = new ArrayList<>();
        feed.start(0);
        for (int i = 0; i < 20; i++) {
            FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
            sockets.add(socket);
            join(connection(socket, i % 2 == 0 ? Wire.PLAIN : Wire.RICH));
        }
        int changes = 3_000;
        List<Message> arriving = new ArrayList<>();
        for (int number = 1; number <= changes; number++) {
            arriving.add(message(number, "m" + number));
            if (number % 3 == 0) {
                arriving.add(message(number, "m" + number)); // told twice
            }
        }
        // out of order, but never further than a hint may be late
        for (int i = 0; i + 10 < arriving.size(); i += 7) {
            Collections.shuffle(arriving.subList(i, i + 10), new Random(i));
        }
        ExecutorService pool = Executors.newFixedThreadPool(2);
        pool.execute(() -> arriving.forEach(feed::show));
        pool.execute(() -> arriving.forEach(feed::show));
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertAllHeardInOrder(sockets, changes);
    }

    /** Everybody heard m1 to the last of so many, each once, and never two at the same time. */
    private static void assertAllHeardInOrder(List<FakeSocket> sockets, int changes) {
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> sockets.stream().allMatch(socket -> bodies(socket).size() >= changes));
        List<String> expected = IntStream.rangeClosed(1, changes)
                .mapToObj(number -> "m" + number)
                .toList();
        assertThat(sockets).allSatisfy(socket -> {
            assertThat(socket.overlapped()).isFalse();
            assertThat(bodies(socket)).isEqualTo(expected);
        });
    }

    /** In a large room several threads share a pass; still no member hears a batch twice, or before the one before it. */
    @Test
    void a_large_room_hears_everything_in_order_too() {
        List<FakeSocket> sockets = new ArrayList<>();
        feed.start(0);
        for (int i = 0; i < 3 * Pass.HELPED_ABOVE + 7; i++) {
            FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
            sockets.add(socket);
            join(connection(socket, Wire.PLAIN));
        }
        int changes = 300;
        for (int number = 1; number <= changes; number++) {
            feed.show(message(number, "m" + number));
        }
        assertAllHeardInOrder(sockets, changes);
    }

    @Test
    void a_large_room_needs_no_help() {
        Queue<Runnable> helpers = new ConcurrentLinkedQueue<>();
        List<FakeSocket> sockets = new ArrayList<>();
        List<Connection> members = new ArrayList<>();
        for (int i = 0; i <= Pass.HELPED_ABOVE; i++) {
            FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
            sockets.add(socket);
            Connection member = connection(socket, Wire.PLAIN);
            member.welcome();
            members.add(member);
        }
        Map<Wire, Frames> frames = Map.of(Wire.PLAIN, Frames.of("{\"message\":\"hi\"}"));
        assertThat(new Pass(frames, members).offer(helpers::add)).isEmpty();
        assertThat(helpers).isNotEmpty();
        helpers.forEach(Runnable::run); // too late
        assertThat(sockets).allSatisfy(socket -> assertThat(bodies(socket)).containsExactly("hi"));
    }

    @Test
    void what_was_before_the_start_is_history_and_what_overtook_it_is_shown() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        feed.show(message(7, "in the head already"));
        feed.show(message(8, "committed while the head was read"));
        feed.start(7);
        join(connection(socket, Wire.PLAIN));
        feed.show(message(9, "next"));
        await().until(() -> bodies(socket).contains("next"));
        assertThat(bodies(socket)).containsExactly("next");
    }

    @Test
    void a_gap_is_waited_for_and_then_read_from_the_log() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        feed.start(0);
        join(connection(socket, Wire.PLAIN));
        feed.show(message(3, "three"));
        log.patienceEnds();
        await().until(() -> log.reads.equals(List.of(0L)));
        assertThat(bodies(socket)).isEmpty();
        feed.show(message(4, "four"));
        feed.gapRead(new Changes(List.of(message(1, "one"), message(2, "two"), message(3, "three")), 3, 3));
        await().until(() -> bodies(socket).size() == 4);
        assertThat(bodies(socket)).containsExactly("one", "two", "three", "four");
        assertThat(log.reads).as("one read sufficed").hasSize(1);
    }

    @Test
    void a_gap_that_fills_itself_is_not_read() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        feed.start(0);
        join(connection(socket, Wire.PLAIN));
        feed.show(message(2, "two"));
        feed.show(message(1, "one"));
        await().until(() -> bodies(socket).size() == 2);
        log.patienceEnds();
        feed.show(message(3, "three"));
        await().until(() -> bodies(socket).size() == 3);
        assertThat(bodies(socket)).containsExactly("one", "two", "three");
        assertThat(log.reads).isEmpty();
    }

    @Test
    void numbers_that_were_superseded_are_not_waited_for() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        feed.start(0);
        join(connection(socket, Wire.RICH));
        feed.head(5);
        log.patienceEnds();
        await().until(() -> log.reads.size() == 1);
        // 1 to 4 were changes of the same message, which is at 5 now
        feed.gapRead(new Changes(List.of(changed(1, 5, "final")), 5, 5));
        feed.show(message(6, "next"));
        await().until(() -> bodies(socket).size() == 2);
        assertThat(bodies(socket)).containsExactly("final", "next");
    }

    @Test
    void a_failed_read_is_tried_again_at_the_next_word() {
        feed.start(0);
        feed.head(2);
        log.patienceEnds();
        await().until(() -> log.reads.size() == 1);
        feed.gapNotRead();
        feed.head(2);
        log.patienceEnds();
        await().until(() -> log.reads.size() == 2);
    }

    @Test
    void a_held_member_is_told_where_the_room_stands_and_hears_the_rest_in_order() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Connection connection = connection(socket, Wire.RICH);
        CompletableFuture<Long> held = new CompletableFuture<>();
        feed.start(4);
        feed.join(connection, OptionalLong.empty(), (head, missed) -> held.complete(head));
        feed.show(message(5, "live"));
        assertThat(held.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(4);
        assertThat(socket.sent()).isEmpty();
        connection.welcome(greeting(4), ServerFrame.of(message(4, "missed")));
        await().until(() -> bodies(socket).size() == 2);
        assertThat(bodies(socket)).containsExactly("missed", "live");
    }

    @Test
    void a_storm_of_members_that_come_back_reads_the_log_once() {
        feed.start(3);
        List<CompletableFuture<List<String>>> storm = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            storm.add(comesBack(i % 3));
        }
        feed.show(message(4, "said while the log was read"));
        await().until(() -> log.recentReads.get() == 1);
        feed.recentRead(new Latest(List.of(message(3, "three"), message(2, "two"), message(1, "one")), 0, 3));
        for (int i = 0; i < 300; i++) {
            assertThat(storm.get(i).join())
                    .isEqualTo(List.of("one", "two", "three", "said while the log was read")
                            .subList(i % 3, 4));
        }
        assertThat(comesBack(1).join()).containsExactly("two", "three", "said while the log was read");
        assertThat(log.recentReads).as("what was read once is remembered").hasValue(1);
    }

    @Test
    void a_member_that_knows_everything_or_was_away_for_a_moment_costs_no_read() {
        feed.start(10);
        assertThat(comesBack(10).join()).isEmpty();
        feed.show(message(11, "eleven"));
        feed.show(message(12, "twelve"));
        assertThat(comesBack(11).join()).containsExactly("twelve");
        assertThat(log.recentReads).hasValue(0);
    }

    @Test
    void what_was_superseded_is_not_told_again() {
        feed.start(0);
        feed.show(message(1, "secret"));
        feed.show(message(2, "two"));
        feed.show(changed(1, 3, "nothing"));
        assertThat(comesBack(0).join()).containsExactly("two", "nothing");
    }

    @Test
    void a_member_that_missed_too_much_is_told_to_load_the_room_anew() {
        feed.start(2_000);
        CompletableFuture<List<String>> told = comesBack(5);
        await().until(() -> log.recentReads.get() == 1);
        feed.recentRead(new Latest(List.of(message(2_000, "last")), 1_999, 2_000));
        assertThat(told.join()).isNull();
    }

    @Test
    void a_number_that_only_the_log_knows_of_is_looked_up_there() {
        feed.start(5);
        CompletableFuture<List<String>> ahead = comesBack(6); // a page that another node has shown
        CompletableFuture<List<String>> absurd = comesBack(600);
        await().until(() -> log.recentReads.get() == 1);
        feed.recentRead(new Latest(List.of(message(6, "six")), 0, 6));
        assertThat(ahead.join()).isEmpty();
        assertThat(absurd.join()).isNull();
        assertThat(comesBack(4).join())
                .as("what the room has yet to release is not told as missed")
                .isEmpty();
    }

    @Test
    void a_member_that_another_node_has_told_more_than_the_room_has_released_is_told_nothing_twice() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Connection ahead = connection(socket, Wire.RICH);
        feed.start(5);
        feed.join(ahead, OptionalLong.of(7), (head, missed) -> {
            assertThat(missed).hasValue(List.of());
            ahead.welcome(greeting(head));
        });
        await().until(() -> log.recentReads.get() == 1);
        feed.show(message(6, "told by the other node"));
        feed.recentRead(new Latest(List.of(), 8, 8));
        log.patienceEnds(); // the hints of the others do not come: the room reads the log
        await().until(() -> log.reads.contains(6L));
        feed.gapRead(new Changes(List.of(message(7, "told by the other node"), message(8, "new")), 8, 8));
        feed.show(message(9, "live"));
        await().until(() -> bodies(socket).contains("live"));
        assertThat(bodies(socket)).containsExactly("new", "live");
        assertThat(socket.sent().get(0)).contains("\"seq\":7");
    }

    @Test
    void a_member_that_is_told_what_it_missed_hears_what_is_said_meanwhile_once() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Connection back = connection(socket, Wire.RICH);
        feed.start(5);
        feed.join(
                back,
                OptionalLong.of(4),
                (head, missed) -> back.welcome(Stream.concat(
                                Stream.of(greeting(head)),
                                missed.orElseThrow().stream().map(ServerFrame::of))
                        .toArray(ServerFrame[]::new)));
        await().until(() -> log.recentReads.get() == 1);
        feed.show(message(6, "meanwhile"));
        feed.recentRead(new Latest(List.of(message(5, "missed")), 0, 5));
        feed.show(message(7, "live"));
        await().until(() -> bodies(socket).contains("live"));
        assertThat(bodies(socket)).containsExactly("missed", "meanwhile", "live");
    }

    @Test
    void who_leaves_before_the_log_was_read_does_not_come_back() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Connection gone = connection(socket, Wire.RICH);
        feed.start(5);
        feed.join(gone, OptionalLong.of(4), (head, missed) -> gone.welcome(greeting(head)));
        await().until(() -> log.recentReads.get() == 1);
        feed.leave(gone);
        feed.recentRead(new Latest(List.of(message(5, "missed")), 0, 5));
        CompletableFuture<List<String>> other = comesBack(4);
        assertThat(other.join()).containsExactly("missed");
        assertThat(socket.sent()).isEmpty();
    }

    @Test
    void who_waits_for_a_read_that_fails_is_sent_away_and_the_next_one_tries_again() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        feed.start(5);
        feed.join(connection(socket, Wire.RICH), OptionalLong.of(1), (head, missed) -> {});
        await().until(() -> log.recentReads.get() == 1);
        feed.recentNotRead();
        await().until(() -> socket.closed() != null);
        comesBack(1);
        await().until(() -> log.recentReads.get() == 2);
    }

    @Test
    void what_is_old_is_forgotten() {
        feed.start(0);
        feed.show(message(1, "one"));
        feed.age();
        feed.show(message(2, "two"));
        feed.age();
        assertThat(comesBack(1).join()).containsExactly("two");
        comesBack(0);
        await().until(() -> log.recentReads.get() == 1);
    }

    @Test
    void a_member_that_stalls_holds_up_nobody_and_goes_on_where_it_was() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Connection stalled = connection(socket, Wire.PLAIN);
        FakeSocket reader = new FakeSocket(FakeSocket.Client.READS);
        feed.start(0);
        join(stalled);
        join(connection(reader, Wire.PLAIN));
        int changes = 1_000;
        for (int number = 1; number <= changes; number++) {
            feed.show(message(number, number + "x".repeat(500)));
        }
        await().until(() -> reader.sent().size() == changes);
        await().until(() -> log.behind.containsKey(stalled));
        long after = log.behind.get(stalled);
        assertThat(socket.closed()).isNull();
        assertThat(socket.sent()).as("no more than the window").hasSize(Outbox.WINDOW);

        // it reads again: first what waited for it, then, from the log, what it missed, then what is new
        log.behind.clear();
        socket.readsAgain();
        feed.rejoin(stalled, 900);
        await().until(() -> log.behind.containsKey(stalled));
        assertThat(log.behind.get(stalled))
                .as("still behind: there is more in the log")
                .isEqualTo(900);
        for (long number = after + 1; number <= changes; number++) {
            Changes page = new Changes(List.of(message(number, "missed " + number)), number, changes);
            assertThat(stalled.catchUp(number - 1, page)).isEqualTo(number);
        }
        feed.rejoin(stalled, changes);
        feed.show(message(changes + 1, "new"));
        await().until(() -> bodies(socket).contains("new"));
        assertThat(bodies(socket)).hasSize(changes + 1);
        assertThat(reader.sent()).hasSize(changes + 1);
    }

    @Test
    void a_member_that_the_log_told_more_than_the_room_has_released_hears_it_once() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Connection stalled = connection(socket, Wire.PLAIN);
        feed.start(0);
        join(stalled);
        int changes = 1_000;
        for (int number = 1; number <= changes; number++) {
            feed.show(message(number, "x".repeat(500)));
        }
        await().until(() -> log.behind.containsKey(stalled));
        socket.readsAgain();
        feed.rejoin(stalled, changes + 2); // another node has committed two, and their hints are late
        feed.show(message(changes + 1, "told by the log"));
        feed.show(message(changes + 2, "told by the log"));
        feed.show(message(changes + 3, "live"));
        await().until(() -> bodies(socket).contains("live"));
        assertThat(bodies(socket)).doesNotContain("told by the log");
    }

    @Test
    void a_member_that_knows_a_number_which_was_superseded_hears_the_next_one() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Connection stalled = connection(socket, Wire.PLAIN);
        feed.start(0);
        join(stalled);
        for (int number = 1; number <= 1_000; number++) {
            feed.show(message(number, "x".repeat(500)));
        }
        await().until(() -> log.behind.containsKey(stalled));
        socket.readsAgain();
        feed.rejoin(stalled, 1_002);
        feed.gapRead(new Changes(List.of(message(1_003, "live")), 1_003, 1_003)); // 1,001 and 1,002 are gone
        await().until(() -> bodies(socket).contains("live"));
    }

    @Test
    void the_plain_wire_hears_of_a_message_that_was_edited_before_it_could_be_told() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Connection plain = connection(socket, Wire.PLAIN);
        feed.start(0);
        join(plain);
        feed.head(3);
        log.patienceEnds();
        await().until(() -> log.reads.size() == 1);
        feed.gapRead(new Changes(List.of(message(2, "two"), changed(1, 3, "one, edited")), 3, 3));
        feed.show(changed(2, 4, "an edit of what it knows is nothing new to it"));
        feed.show(message(5, "five"));
        await().until(() -> bodies(socket).contains("five"));
        assertThat(bodies(socket)).containsExactly("two", "one, edited", "five");

        // the same while it is served from the log: 6 is edited as 8, beyond the first page
        assertThat(plain.catchUp(5, new Changes(List.of(message(7, "seven")), 7, 8)))
                .isEqualTo(7);
        assertThat(plain.catchUp(7, new Changes(List.of(changed(6, 8, "six, edited")), 8, 8)))
                .isEqualTo(8);
        await().until(() -> bodies(socket).contains("six, edited"));
    }

    @Test
    void the_plain_wire_hears_of_a_message_that_was_edited_beyond_the_page_that_passed_it() {
        FakeSocket plain = new FakeSocket(FakeSocket.Client.READS);
        feed.start(0);
        join(connection(plain, Wire.PLAIN));
        feed.head(6);
        log.patienceEnds();
        await().until(() -> log.reads.equals(List.of(0L)));
        // two was edited as five, one as six: a page of two numbers ends before either
        feed.gapRead(new Changes(List.of(message(1, "one"), message(3, "three")), 3, 6));
        log.patienceEnds();
        await().until(() -> log.reads.equals(List.of(0L, 3L)));
        feed.gapRead(new Changes(List.of(message(4, "four"), changed(2, 5, "two, edited")), 5, 6));
        feed.show(changed(1, 6, "one, edited"));
        feed.show(message(7, "seven"));
        await().until(() -> plain.sent().size() == 5);
        assertThat(plain.sent())
                .containsExactly(
                        "{\"message\":\"one\"}",
                        "{\"message\":\"three\"}",
                        "{\"message\":\"four\"}",
                        "{\"message\":\"two, edited\"}",
                        "{\"message\":\"seven\"}");
    }

    @Test
    void a_member_that_leaves_while_it_is_behind_does_not_come_back() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Connection stalled = connection(socket, Wire.RICH);
        feed.start(0);
        join(stalled);
        for (int number = 1; number <= 1_000; number++) {
            feed.show(message(number, "x".repeat(500)));
        }
        await().until(() -> log.behind.containsKey(stalled));
        feed.leave(stalled);
        feed.rejoin(stalled, 1_000);
        socket.readsAgain();
        feed.show(message(1_001, "not for the one that left"));
        FakeSocket witness = new FakeSocket(FakeSocket.Client.READS);
        join(connection(witness, Wire.PLAIN));
        feed.show(message(1_002, "end"));
        await().until(() -> bodies(witness).contains("end"));
        assertThat(bodies(socket)).doesNotContain("not for the one that left", "end");
    }

    private static List<String> bodies(FakeSocket socket) {
        Pattern body = Pattern.compile("\"(?:message|body)\":\"([^\"]*)\"");
        return socket.sent().stream()
                .flatMap(frame -> body.matcher(frame).results().map(match -> match.group(1)))
                .toList();
    }

    @Test
    void what_has_no_number_comes_after_what_was_shown_before_to_the_rich_wire_alone() {
        FakeSocket rich = new FakeSocket(FakeSocket.Client.READS);
        FakeSocket typist = new FakeSocket(FakeSocket.Client.READS);
        FakeSocket plain = new FakeSocket(FakeSocket.Client.READS);
        Connection typing = connection(typist, Wire.RICH);
        feed.start(0);
        join(connection(rich, Wire.RICH));
        join(typing);
        join(connection(plain, Wire.PLAIN));
        feed.show(message(1, "one"));
        feed.tell(new ServerFrame.TypingStarted(ANA), member -> member != typing);
        feed.show(message(2, "two"));
        await().until(() -> rich.sent().size() == 4 && typist.sent().toString().contains("two"));
        assertThat(rich.sent().get(1)).contains("\"one\"");
        assertThat(rich.sent().get(2)).startsWith("[{\"type\":\"typing.started\"");
        assertThat(rich.sent().get(3)).contains("\"two\"");
        assertThat(typist.sent().toString()).doesNotContain("typing.started");
        await().until(() -> plain.sent().size() == 2);
        assertThat(plain.sent()).containsExactly("{\"message\":\"one\"}", "{\"message\":\"two\"}");
    }

    @Test
    void a_member_that_is_behind_misses_what_has_no_number_and_no_change() {
        FakeSocket slow = new FakeSocket(FakeSocket.Client.STALLS);
        FakeSocket quick = new FakeSocket(FakeSocket.Client.READS);
        Connection late = connection(slow, Wire.RICH);
        feed.start(0);
        join(late);
        join(connection(quick, Wire.RICH));
        String large = "x".repeat(60_000);
        for (int number = 1; number <= 30; number++) {
            feed.show(message(number, large));
        }
        await().until(() -> log.behind.containsKey(late));
        feed.tell(new ServerFrame.TypingStarted(ANA), member -> true);
        feed.show(message(31, "on"));
        await().until(() -> bodies(quick).contains("on"));
        assertThat(quick.sent().toString()).contains("typing.started");
        assertThat(slow.sent().toString()).doesNotContain("typing.started");
        assertThat(log.behind).hasSize(1);
    }
}
