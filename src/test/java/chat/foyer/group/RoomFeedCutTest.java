package chat.foyer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.fault.Fault;
import chat.foyer.message.Message;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.protocol.Wire;
import chat.foyer.room.Note;
import chat.foyer.room.RoomName;
import chat.foyer.testing.FakeSocket;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.words.Words;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may hear nothing beyond a change hears nothing beyond it, however it would have come. */
@Timeout(60)
class RoomFeedCutTest {
    private static final RoomName ROOM = new RoomName("secret");
    private static final User ANA = new User("u-ana", "Ana", false);
    private static final User BO = new User("u-bo", "Bo", false);

    private final ExecutorService drainers = Executors.newFixedThreadPool(4);
    private final FakeLog log = new FakeLog();
    private final RoomFeed feed = new RoomFeed(drainers, log);

    /** A log that is read when the test says so. */
    private static final class FakeLog implements RoomFeed.Past {
        final List<Long> reads = new CopyOnWriteArrayList<>();
        final List<Connection> behind = new CopyOnWriteArrayList<>();
        final Queue<Runnable> gaps = new ConcurrentLinkedQueue<>();
        volatile int recentReads;

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
            recentReads++;
        }

        @Override
        public void catchUp(RoomFeed feed, Connection member, long after) {
            behind.add(member);
        }

        void patienceEnds() {
            await().until(() -> !gaps.isEmpty());
            gaps.remove().run();
        }
    }

    /** Somebody who listens, with what they hear. */
    private static final class Listener {
        final FakeSocket socket;
        final Connection connection;

        Listener(User user, Wire wire, FakeSocket.Client client, long admittedAt) {
            socket = new FakeSocket(client);
            Outbox outbox = new Outbox(Runnable::run, later -> {});
            socket.answering(outbox::ponged);
            outbox.attach(socket.session());
            Identity identity = Identity.ofGuest(user);
            connection = new Connection(
                    ROOM, identity, InetAddress.getLoopbackAddress(), wire, Words.ENGLISH, outbox, admittedAt);
        }

        List<String> bodies() {
            Pattern body = Pattern.compile("\"(?:message|body)\":\"([^\"]*)\"");
            return socket.sent().stream()
                    .flatMap(frame -> body.matcher(frame).results().map(match -> match.group(1)))
                    .toList();
        }

        void awaitClosed(Fault fault) {
            await().until(() -> socket.closed() != null);
            assertThat(socket.closed().getCloseCode().getCode()).isEqualTo(fault.closeCode());
        }
    }

    private Listener listens(User user, Wire wire, FakeSocket.Client client, long admittedAt) {
        Listener listener = new Listener(user, wire, client, admittedAt);
        feed.join(listener.connection, OptionalLong.empty(), (head, missed) -> listener.connection.welcome());
        return listener;
    }

    private Listener listens(User user, Wire wire) {
        return listens(user, wire, FakeSocket.Client.READS, 0);
    }

    private static Message message(long number, String body) {
        return new Message(
                new UUID(0, number), ROOM, number, number, ANA, "r", body, Instant.EPOCH, Optional.empty(), false);
    }

    private static Message note(long number, Note.What what, User subject) {
        return new Message(
                new UUID(0, number),
                ROOM,
                number,
                number,
                ANA,
                "n",
                "",
                Instant.EPOCH,
                Optional.empty(),
                false,
                Optional.of(new Note(what, Optional.of(subject), "")));
    }

    /** Shown and waited for by somebody who stays. */
    private void end(long number) {
        Listener witness = listens(ANA, Wire.RICH, FakeSocket.Client.READS, number);
        feed.show(message(number, "end"));
        await().until(() -> witness.bodies().contains("end"));
    }

    @AfterEach
    void stop() {
        drainers.shutdownNow();
    }

    @Test
    void who_was_removed_hears_what_was_before_on_either_wire_and_nothing_later() {
        feed.start(0);
        List<Listener> removed = List.of(listens(BO, Wire.RICH), listens(BO, Wire.PLAIN), listens(BO, Wire.RICH));
        Listener ana = listens(ANA, Wire.PLAIN);
        feed.show(message(1, "before"));
        feed.show(note(2, Note.What.REMOVED, BO));
        feed.show(message(3, "after"));
        end(4);
        removed.forEach(each -> {
            each.awaitClosed(Fault.REMOVED);
            assertThat(each.bodies()).containsExactly("before");
        });
        assertThat(removed.get(0).socket.sent()).anyMatch(frame -> frame.contains("\"note\":\"removed\""));
        assertThat(ana.bodies()).as("the plain wire hears no notes").containsExactly("before", "after", "end");
        assertThat(ana.socket.closed()).isNull();
    }

    @Test
    void a_removal_cuts_between_two_messages_of_one_batch() {
        feed.start(0);
        Listener bo = listens(BO, Wire.RICH);
        Listener ana = listens(ANA, Wire.RICH);
        feed.show(message(4, "after")); // all at once, when the first is there
        feed.show(note(3, Note.What.REMOVED, BO));
        feed.show(message(2, "before"));
        feed.show(message(1, "first"));
        end(5);
        bo.awaitClosed(Fault.REMOVED);
        assertThat(bo.bodies()).containsExactly("first", "before");
        assertThat(ana.bodies()).containsExactly("first", "before", "after", "end");
    }

    @Test
    void a_removal_that_was_missed_cuts_when_the_log_is_read() {
        feed.start(0);
        Listener bo = listens(BO, Wire.PLAIN);
        feed.head(3);
        log.patienceEnds();
        await().until(() -> !log.reads.isEmpty());
        feed.gapRead(
                new Changes(List.of(message(1, "before"), note(2, Note.What.REMOVED, BO), message(3, "after")), 3, 3));
        end(4);
        bo.awaitClosed(Fault.REMOVED);
        assertThat(bo.bodies()).containsExactly("before");
    }

    @Test
    void who_reads_too_slowly_is_told_by_the_log_up_to_the_removal_and_no_further() {
        feed.start(0);
        Listener bo = listens(BO, Wire.PLAIN, FakeSocket.Client.STALLS, 0);
        for (int number = 1; number <= 1_000; number++) {
            feed.show(message(number, "x".repeat(500)));
        }
        await().until(() -> log.behind.contains(bo.connection));
        bo.socket.readsAgain();
        // the log is ahead of the room here: another node has committed the removal and more
        Changes page = new Changes(
                List.of(message(1_001, "before"), note(1_002, Note.What.REMOVED, BO), message(1_003, "after")),
                1_003,
                1_003);
        assertThat(bo.connection.catchUp(1_000, page)).isEqualTo(1_002);
        assertThat(bo.connection.hasEnded()).isTrue();
        bo.awaitClosed(Fault.REMOVED);
        assertThat(bo.bodies()).contains("before").doesNotContain("after");
    }

    @Test
    void who_is_behind_is_cut_when_the_room_releases_the_removal() {
        feed.start(0);
        Listener bo = listens(BO, Wire.PLAIN, FakeSocket.Client.STALLS, 0);
        for (int number = 1; number <= 1_000; number++) {
            feed.show(message(number, "x".repeat(500)));
        }
        await().until(() -> log.behind.contains(bo.connection));
        feed.show(note(1_001, Note.What.REMOVED, BO));
        feed.show(message(1_002, "after"));
        end(1_003);
        bo.socket.readsAgain();
        bo.awaitClosed(Fault.REMOVED);
        feed.rejoin(bo.connection, 1_000);
        end(1_004);
        assertThat(bo.bodies()).doesNotContain("after", "end");
    }

    @Test
    void who_was_told_more_by_the_log_than_the_room_has_released_is_cut_too() {
        feed.start(0);
        Listener bo = listens(BO, Wire.PLAIN, FakeSocket.Client.STALLS, 0);
        for (int number = 1; number <= 1_000; number++) {
            feed.show(message(number, "x".repeat(500)));
        }
        await().until(() -> log.behind.contains(bo.connection));
        bo.socket.readsAgain();
        feed.rejoin(bo.connection, 1_001);
        feed.show(message(1_001, "known"));
        feed.show(note(1_002, Note.What.REMOVED, BO));
        feed.show(message(1_003, "after"));
        end(1_004);
        bo.awaitClosed(Fault.REMOVED);
        assertThat(bo.bodies()).doesNotContain("after", "end");
    }

    @Test
    void who_waits_to_be_told_what_it_missed_is_cut_before_it_is_welcomed() {
        feed.start(5);
        Listener bo = new Listener(BO, Wire.RICH, FakeSocket.Client.READS, 5);
        List<Long> welcomed = new ArrayList<>();
        feed.join(bo.connection, OptionalLong.of(1), (head, missed) -> welcomed.add(head));
        await().until(() -> log.recentReads == 1);
        feed.show(note(6, Note.What.REMOVED, BO));
        feed.recentRead(new chat.foyer.message.MessageStore.Latest(List.of(message(5, "late")), 0, 6));
        end(7);
        bo.awaitClosed(Fault.REMOVED);
        assertThat(welcomed).isEmpty();
        assertThat(bo.socket.sent()).isEmpty();
    }

    @Test
    void who_was_let_in_before_a_removal_and_joins_after_it_must_ask_again() {
        feed.start(0);
        feed.show(message(1, "before"));
        feed.show(note(2, Note.What.REMOVED, BO));
        Listener late = listens(BO, Wire.RICH, FakeSocket.Client.READS, 1);
        feed.show(message(3, "after"));
        end(4);
        late.awaitClosed(Fault.ACCESS_CHANGED);
        assertThat(late.socket.sent()).isEmpty();
    }

    @Test
    void who_was_let_in_with_regard_to_a_removal_is_not_cut_by_it() {
        feed.start(0);
        Listener again =
                listens(BO, Wire.RICH, FakeSocket.Client.READS, 3); // removed by 2, added by 3, which come late
        feed.show(note(1, Note.What.ADDED, BO));
        feed.show(note(2, Note.What.REMOVED, BO));
        feed.show(note(3, Note.What.ADDED, BO));
        end(4);
        assertThat(again.bodies()).containsExactly("end");
        assertThat(again.socket.closed()).isNull();
    }

    @Test
    void everybody_must_ask_again_when_the_doors_change() {
        for (Note.What what : List.of(Note.What.CLOSED, Note.What.ARCHIVED, Note.What.RENAMED, Note.What.CREATED)) {
            RoomFeed each = new RoomFeed(drainers, log);
            each.start(0);
            Listener bo = new Listener(BO, Wire.RICH, FakeSocket.Client.READS, 0);
            Listener ana = new Listener(ANA, Wire.PLAIN, FakeSocket.Client.READS, 0);
            List.of(bo, ana)
                    .forEach(one -> each.join(
                            one.connection, OptionalLong.empty(), (head, missed) -> one.connection.welcome()));
            each.show(message(1, "before"));
            each.show(note(2, what, ANA));
            each.show(message(3, "after"));
            bo.awaitClosed(Fault.ACCESS_CHANGED);
            ana.awaitClosed(Fault.ACCESS_CHANGED);
            Listener witness = new Listener(ANA, Wire.RICH, FakeSocket.Client.READS, 3);
            each.join(witness.connection, OptionalLong.empty(), (head, missed) -> witness.connection.welcome());
            each.show(message(4, "end"));
            await().until(() -> witness.bodies().contains("end"));
            assertThat(bo.bodies()).as(what.name()).containsExactly("before");
            assertThat(ana.bodies()).as(what.name()).containsExactly("before");
        }
    }

    @Test
    void who_waits_under_a_name_that_a_closed_room_takes_is_told_nothing_of_it() {
        feed.start(0);
        Listener stranger = listens(BO, Wire.RICH);
        feed.show(message(7, "said in the closed room that was renamed"));
        log.patienceEnds();
        await().until(() -> !log.reads.isEmpty());
        feed.gapRead(new Changes(List.of(message(1, "old"), message(7, "new")), 7, 7, true));
        end(8);
        stranger.awaitClosed(Fault.ACCESS_CHANGED);
        assertThat(stranger.bodies()).isEmpty();
    }
}
