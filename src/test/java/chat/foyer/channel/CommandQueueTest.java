package chat.foyer.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommandQueueTest {
    private final CommandQueue<Wish> queue = new CommandQueue<>("The bus");

    private record Wish(long chars, CompletableFuture<Void> answer) implements CommandQueue.Command {
        Wish(long chars) {
            this(chars, new CompletableFuture<>());
        }

        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }
    }

    private Wish put(long chars) {
        Wish wish = new Wish(chars);
        queue.whenThere(wish);
        return wish;
    }

    private Wish putImpatiently() {
        Wish wish = new Wish(1);
        queue.soon(wish);
        return wish;
    }

    private static void assertFailed(Wish wish, Class<? extends Exception> reason) {
        assertThat(wish.answer()).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(reason);
    }

    @BeforeEach
    void thereIsABus() {
        queue.found();
    }

    @Test
    void commands_leave_in_order_as_many_as_are_wanted() {
        List<Wish> put = IntStream.range(0, 5).mapToObj(i -> put(1)).toList();
        assertThat(queue.take(3)).isEqualTo(put.subList(0, 3));
        assertThat(queue.take(3)).isEqualTo(put.subList(3, 5));
        assertThat(queue.take(3)).isEmpty();
        assertThat(put).noneMatch(wish -> wish.answer().isDone());
    }

    @Test
    void who_awaits_is_woken_by_what_is_put_in_and_not_kept_from_what_is_there() throws Exception {
        long hour = TimeUnit.HOURS.toNanos(1);
        for (int round = 0; round < 200; round++) {
            CompletableFuture<Void> putting = CompletableFuture.runAsync(() -> put(1));
            while (queue.isEmpty()) {
                queue.await(hour);
            }
            queue.await(hour);
            assertThat(queue.take(9)).hasSize(1);
            putting.join();
        }
        queue.await(1);
        assertThat(queue.take(9)).isEmpty();
    }

    @Test
    void long_ones_leave_a_few_at_a_time() {
        IntStream.range(0, 5).forEach(i -> put(512 * 1024));
        assertThat(queue.take(100)).hasSize(2);
    }

    @Test
    void what_does_not_fit_fails_at_once_and_what_was_taken_makes_room() {
        IntStream.range(0, 10_000).forEach(i -> put(1));
        assertFailed(put(1), LayerUnavailableException.class);
        queue.take(1);
        assertThat(put(1).answer()).isNotDone();
    }

    @Test
    void so_does_what_is_too_long_together() {
        Wish large = put(8 * 1024 * 1024);
        assertFailed(put(1), LayerUnavailableException.class);
        assertThat(queue.take(1)).containsExactly(large);
        assertThat(put(1).answer()).isNotDone();
    }

    @Test
    void while_the_bus_is_away_the_impatient_are_given_up_then_refused_and_the_others_wait() {
        queue.lost();
        Wish patient = put(1);
        List<Wish> impatient = Stream.generate(this::putImpatiently).limit(20).toList();
        Wish patientToo = put(1);
        assertThat(impatient)
                .as("it may be back in a moment")
                .noneMatch(wish -> wish.answer().isDone());
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            queue.lost(); // still, which does not begin anew
            queue.giveUpImpatient();
            return impatient.stream().allMatch(wish -> wish.answer().isDone());
        });
        impatient.forEach(wish -> assertFailed(wish, LayerUnavailableException.class));
        assertFailed(putImpatiently(), LayerUnavailableException.class);
        queue.found();
        Wish later = putImpatiently();
        assertThat(queue.take(9)).containsExactly(patient, patientToo, later);
    }

    @Test
    void a_closed_one_takes_nothing_in_and_lets_out_what_is_there() {
        Wish before = put(1);
        queue.close();
        assertFailed(put(1), LayerClosedException.class);
        assertThat(queue.take(9)).containsExactly(before);
    }

    @Test
    void at_the_end_all_that_was_not_taken_fails() {
        List<Wish> put = Stream.generate(() -> put(1)).limit(20).toList();
        queue.end();
        put.forEach(wish -> assertFailed(wish, LayerClosedException.class));
    }

    @Test
    void whatever_is_put_in_while_it_ends_is_taken_or_fails() {
        for (int round = 0; round < 200; round++) {
            CommandQueue<Wish> ending = new CommandQueue<>("The bus");
            ending.found();
            ConcurrentLinkedQueue<Wish> put = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Void>> putters = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> {
                        while (!ending.isClosed()) {
                            Wish wish = new Wish(1);
                            put.add(wish);
                            ending.whenThere(wish);
                        }
                    }))
                    .toList();
            while (put.isEmpty()) {
                Thread.onSpinWait();
            }
            ending.take(50).forEach(wish -> wish.answer().complete(null));
            ending.end();
            putters.forEach(CompletableFuture::join);
            assertThat(put).allMatch(wish -> wish.answer().isDone());
        }
    }
}
