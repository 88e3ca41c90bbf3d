package chat.foyer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.fault.Fault;
import chat.foyer.testing.FakeSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {

    private static Outbox outbox(FakeSocket socket) {
        Outbox outbox = new Outbox(Runnable::run, later -> {});
        socket.answering(outbox::ponged);
        outbox.attach(socket.session());
        return outbox;
    }

    @Test
    void nothing_precedes_the_welcome() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Outbox outbox = outbox(socket);
        outbox.offer("failed");
        assertThat(socket.sent()).isEmpty();
        outbox.open("welcome");
        outbox.offer("message");
        assertThat(socket.sent()).containsExactly("welcome", "failed", "message");
    }

    @Test
    void what_is_offered_before_the_socket_opens_is_sent_when_it_does() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Outbox outbox = new Outbox(Runnable::run, later -> {});
        outbox.open("welcome");
        outbox.offer("message");
        outbox.attach(socket.session());
        assertThat(socket.sent()).containsExactly("welcome", "message");
    }

    @Test
    void an_outbox_closed_before_its_socket_opens_closes_it_with_the_reason() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Outbox outbox = new Outbox(Runnable::run, later -> {});
        outbox.close(Fault.ROOM_NAME, "No such room.");
        outbox.open("welcome");
        outbox.attach(socket.session());
        assertThat(socket.closed().getCloseCode().getCode()).isEqualTo(4504);
        assertThat(socket.sent()).isEmpty();
    }

    @Test
    void a_client_that_reads_gets_everything_in_order_however_many_threads_offer() throws Exception {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Outbox outbox = outbox(socket);
        outbox.open();
        int threads = 8;
        int each = 2_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        for (int t = 0; t < threads; t++) {
            int thread = t;
            pool.execute(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int i = 0; i < each; i++) {
                    outbox.offer(thread + ":" + i);
                }
            });
        }
        start.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        assertThat(socket.overlapped()).as("one writer at a time").isFalse();
        assertThat(socket.closed()).isNull();
        assertThat(socket.sent()).hasSize(threads * each);
        for (int t = 0; t < threads; t++) {
            String prefix = t + ":";
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                expected.add(prefix + i);
            }
            assertThat(socket.sent().stream().filter(frame -> frame.startsWith(prefix)))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void only_a_window_of_frames_is_handed_to_the_server_unconfirmed() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Outbox outbox = outbox(socket);
        outbox.open();
        for (int i = 0; i < Outbox.WINDOW + 10; i++) {
            outbox.offer("frame " + i);
        }
        assertThat(socket.unconfirmed()).isEqualTo(Outbox.WINDOW);
        socket.confirmOne();
        assertThat(socket.sent()).hasSize(Outbox.WINDOW + 1).endsWith("frame " + Outbox.WINDOW);
    }

    @Test
    void a_client_that_does_not_read_costs_a_bounded_amount_and_is_told_of_when_it_has_caught_up() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Outbox outbox = outbox(socket);
        outbox.open();
        String frame = "x".repeat(1024);
        int taken = 0;
        while (taken < 10_000 && outbox.offer(frame)) {
            taken++;
        }
        assertThat(taken * frame.length()).isLessThanOrEqualTo(Outbox.WAITING_CHARS + Outbox.WINDOW * 1024);
        AtomicInteger drained = new AtomicInteger();
        outbox.whenDrained(drained::incrementAndGet);
        assertThat(drained.get()).isZero();
        assertThat(socket.closed()).isNull();
        socket.readsAgain();
        assertThat(socket.sent().size()).isEqualTo(taken);
        assertThat(drained.get()).isEqualTo(1);
        assertThat(outbox.offer(frame)).isTrue();
    }

    @Test
    void a_client_is_not_sent_more_than_it_is_known_to_have_read_whatever_the_server_confirms() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Outbox outbox = outbox(socket);
        outbox.open();
        String frame = "x".repeat(1024);
        int unread = Outbox.UNREAD_CHARS / frame.length();
        int perMark = Outbox.MARK_CHARS / frame.length();
        outbox.ponged(socket.marks().get(0)); // the one that every socket begins with
        for (int i = 0; i < unread + 2 * perMark; i++) {
            outbox.offer(frame);
            socket.confirmAll();
        }
        assertThat(socket.sent().size()).isEqualTo(unread);
        assertThat(socket.marks()).as("one mark is out at a time").hasSize(2);

        outbox.ponged(ByteBuffer.allocate(Long.BYTES));
        outbox.ponged(ByteBuffer.allocate(0));
        assertThat(socket.sent().size()).as("a guessed pong proves nothing").isEqualTo(unread);

        outbox.ponged(socket.marks().get(1));
        socket.confirmAll();
        assertThat(socket.sent().size()).isEqualTo(unread + perMark);
        assertThat(socket.marks()).hasSize(3);
        outbox.ponged(socket.marks().get(1));
        socket.confirmAll();
        assertThat(socket.sent().size()).as("a pong counts once").isEqualTo(unread + perMark);
    }

    @Test
    void a_ping_is_sent_even_when_nothing_was_written() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Outbox outbox = outbox(socket);
        outbox.open();
        assertThat(socket.marks()).as("the first, as the socket opened").hasSize(1);
        outbox.ping();
        assertThat(socket.marks()).as("one is out already").hasSize(1);
        outbox.ponged(socket.marks().get(0));
        assertThat(socket.marks()).hasSize(2);
        assertThat(outbox.unansweredNanos(System.nanoTime())).isPositive();
        outbox.ponged(socket.marks().get(1));
        assertThat(outbox.unansweredNanos(System.nanoTime())).isZero();
    }

    @Test
    void a_single_large_frame_is_not_slowness() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Outbox outbox = outbox(socket);
        outbox.open();
        outbox.offer("x".repeat(2 * Outbox.WAITING_CHARS));
        assertThat(socket.closed()).isNull();
        assertThat(socket.sent()).hasSize(1);
    }

    @Test
    void the_first_reason_to_close_counts() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Outbox outbox = outbox(socket);
        outbox.close(Fault.RATE, "Too fast. " + "x".repeat(200));
        outbox.close(Fault.RESTARTING, "Later.");
        assertThat(socket.closed().getCloseCode().getCode()).isEqualTo(1013);
        assertThat(socket.closed().getReasonPhrase()).startsWith("Too fast.").hasSizeLessThanOrEqualTo(123);
    }

    @Test
    void nothing_is_sent_to_a_socket_that_has_ended() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS);
        Outbox outbox = outbox(socket);
        outbox.open();
        for (int i = 0; i < Outbox.WINDOW + 5; i++) {
            outbox.offer("frame " + i);
        }
        outbox.ended();
        socket.readsAgain();
        assertThat(outbox.offer("later")).as("taken and dropped").isTrue();
        assertThat(socket.sent()).hasSize(Outbox.WINDOW);
        assertThat(socket.closed()).as("it needs no closing").isNull();
    }

    @Test
    void after_the_end_nothing_is_sent_and_nobody_is_sending() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        FakeSocket socket = new FakeSocket(FakeSocket.Client.STALLS).holdingUp(inside, mayLeave);
        Outbox outbox = outbox(socket);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        pool.execute(() -> outbox.open("welcome"));
        inside.await();
        Future<?> ending = pool.submit(outbox::ended);
        assertThatThrownBy(() -> ending.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        mayLeave.countDown();
        ending.get();
        outbox.offer("too late");
        outbox.ping();
        assertThat(socket.sent()).containsExactly("welcome");
        assertThat(socket.marks()).as("the one before the welcome").hasSize(1);
        pool.shutdown();
    }

    @Test
    void who_learns_of_the_end_while_sending_does_not_wait_for_itself() {
        FakeSocket socket = new FakeSocket(FakeSocket.Client.READS);
        Outbox outbox = new Outbox(Runnable::run, later -> {});
        socket.answering(mark -> outbox.ended());
        outbox.attach(socket.session());
        long start = System.nanoTime();
        outbox.open("never");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        assertThat(socket.sent()).isEmpty();
    }
}
