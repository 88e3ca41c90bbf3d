package chat.foyer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.fault.Fault;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lane with a store that does what the test says; the real store is tested in MessageStoreIT. */
@Timeout(60)
class LaneTest {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final User ANA = new User("g-ana", "Ana", true);

    private final List<List<Change>> batches = new CopyOnWriteArrayList<>();
    private final List<Committed> shown = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private Lane lane;
    private Thread thread;

    private void start(Function<List<Change>, List<Outcome>> store) {
        lane = new Lane(store, shown::addAll);
        thread = new Thread(lane);
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        lane.close();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private List<Outcome> store(List<Change> changes) {
        batches.add(changes);
        return changes.stream().map(change -> Outcome.done(message(change))).toList();
    }

    private Message message(Change change) {
        long next = number.incrementAndGet();
        return new Message(
                UUID.randomUUID(), ROOM, next, next, ANA, change.ref(), "", Instant.EPOCH, Optional.empty(), false);
    }

    private static Change post(String ref, String body) {
        return new Change.Post(ROOM, ANA, new Draft(ref, body));
    }

    private static RuntimeException failure(String sqlState) {
        return new IllegalStateException(new SQLException("as the test wants it", sqlState));
    }

    @Test
    void what_queues_during_a_commit_is_the_next_batch_in_order() throws Exception {
        CountDownLatch firstIsCommitting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(changes -> {
            firstIsCommitting.countDown();
            awaitLatch(goOn);
            return store(changes);
        });
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        answers.add(lane.submit(post("r0", "x")));
        assertThat(firstIsCommitting.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= Lane.BATCH_CHANGES + 72; i++) {
            answers.add(lane.submit(post("r" + i, "x")));
        }
        goOn.countDown();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(batches.stream().map(List::size)).containsExactly(1, Lane.BATCH_CHANGES, 72);
        assertThat(shown.stream().map(change -> change.message().rev()))
                .isSorted()
                .hasSize(Lane.BATCH_CHANGES + 73);
        assertThat(shown.stream().map(change -> change.message().ref()))
                .startsWith("r0", "r1", "r2")
                .endsWith("r" + (Lane.BATCH_CHANGES + 72));
    }

    @Test
    void a_batch_is_bounded_in_characters_too() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        start(changes -> {
            awaitLatch(goOn);
            return store(changes);
        });
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(lane.submit(post("r" + i, "x".repeat(Lane.BATCH_CHARS / 2))));
        }
        goOn.countDown();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(2));
        assertThat(batches.stream().flatMap(List::stream).map(Change::ref))
                .containsExactly("r0", "r1", "r2", "r3", "r4", "r5");
    }

    @Test
    void a_full_queue_refuses_and_forgets_nothing() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        start(changes -> {
            awaitLatch(goOn);
            return store(changes);
        });
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < Lane.CAPACITY + 500; i++) {
            answers.add(lane.submit(post("r" + i, "x")));
        }
        long refused = answers.stream().filter(CompletableFuture::isDone).count();
        assertThat(refused).isBetween(500L - Lane.BATCH_CHANGES - 1, 500L);
        goOn.countDown();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(answers.stream()
                        .filter(answer -> answer.join().refusal().isPresent())
                        .count())
                .isEqualTo(refused);
        assertThat(shown).hasSize((int) (answers.size() - refused));
    }

    @Test
    void a_broken_connection_at_commit_is_tried_again_and_what_it_had_stored_is_shown() {
        AtomicInteger attempts = new AtomicInteger();
        Message stored = message(post("r", "x"));
        start(changes -> {
            if (attempts.incrementAndGet() == 1) {
                throw failure("08006"); // it was committed, but nobody heard
            }
            return List.of(Outcome.known(stored));
        });
        Outcome outcome = lane.submit(post("r", "x")).join();
        assertThat(outcome.message()).contains(stored);
        assertThat(outcome.known()).isTrue();
        assertThat(shown.stream().map(Committed::message)).containsExactly(stored);
    }

    @Test
    void what_was_known_before_is_not_shown_again() {
        Message stored = message(post("r", "x"));
        start(changes -> List.of(Outcome.known(stored)));
        assertThat(lane.submit(post("r", "x")).join().known()).isTrue();
        assertThat(shown).isEmpty();
    }

    @Test
    void a_database_that_stays_away_is_told_at_once_until_it_is_back() {
        AtomicInteger attempts = new AtomicInteger();
        start(changes -> {
            attempts.incrementAndGet();
            if (number.get() < 0) {
                throw failure("08001");
            }
            return store(changes);
        });
        number.set(-1_000);
        assertThat(refusalOf(lane.submit(post("r1", "x")))).isEqualTo(Fault.UNAVAILABLE);
        int tried = attempts.get();
        assertThat(refusalOf(lane.submit(post("r2", "x")))).isEqualTo(Fault.UNAVAILABLE);
        assertThat(attempts.get()).as("not asked again so soon").isEqualTo(tried);
        number.set(0);
        await().until(() -> lane.submit(post("r3", "x")).join().refusal().isEmpty());
    }

    @Test
    void a_mistake_of_ours_is_not_tried_again() {
        AtomicInteger attempts = new AtomicInteger();
        start(changes -> {
            attempts.incrementAndGet();
            throw failure("42601");
        });
        assertThat(refusalOf(lane.submit(post("r", "x")))).isEqualTo(Fault.UNAVAILABLE);
        assertThat(attempts.get()).isEqualTo(1);
    }

    @Test
    void closing_commits_what_waits_and_refuses_what_comes_later() throws Exception {
        start(this::store);
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            answers.add(lane.submit(post("r" + i, "x")));
        }
        lane.close();
        thread.join(20_000);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().refusal()).isEmpty());
        assertThat(refusalOf(lane.submit(post("late", "x")))).isEqualTo(Fault.BUSY);
    }

    private static Fault refusalOf(CompletableFuture<Outcome> answer) {
        return answer.orTimeout(30, TimeUnit.SECONDS)
                .join()
                .refusal()
                .orElseThrow()
                .fault();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_listener_that_fails_keeps_nobody_from_an_answer() throws Exception {
        lane = new Lane(this::store, changes -> {
            throw new IllegalStateException("as the test wants it");
        });
        thread = new Thread(lane);
        thread.start();
        assertThat(lane.submit(post("one", "")).get(10, TimeUnit.SECONDS).message())
                .isPresent();
        assertThat(lane.submit(post("two", "")).get(10, TimeUnit.SECONDS).message())
                .as("the lane goes on")
                .isPresent();
        await().until(lane::isIdle);
    }

    @Test
    void an_error_in_a_commit_is_answered_and_what_comes_later_is_refused() throws Exception {
        start(changes -> {
            throw new LinkageError("as the test wants it");
        });
        thread.setUncaughtExceptionHandler((dead, error) -> {});
        assertThat(lane.submit(post("one", "")).get(10, TimeUnit.SECONDS).refusal())
                .isPresent();
        thread.join(10_000);
        assertThat(lane.submit(post("two", "")).get(10, TimeUnit.SECONDS).refusal())
                .isPresent();
    }

    @Test
    void one_change_that_cannot_be_stored_costs_no_other() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        start(changes -> {
            awaitLatch(goOn);
            if (changes.stream().anyMatch(change -> change.ref().equals("bad"))) {
                throw failure("22001");
            }
            return store(changes);
        });
        lane.submit(post("first", "x"));
        List<CompletableFuture<Outcome>> good = new ArrayList<>(List.of(lane.submit(post("before", "x"))));
        CompletableFuture<Outcome> bad = lane.submit(post("bad", "x"));
        good.add(lane.submit(post("after", "x")));
        goOn.countDown();
        assertThat(bad.join().refusal().orElseThrow().fault()).isEqualTo(Fault.MALFORMED);
        good.add(lane.submit(post("later", "x"))); // the lane is not shut
        assertThat(good)
                .allSatisfy(answer -> assertThat(answer.join().refusal()).isEmpty());
        assertThat(shown.stream().map(change -> change.message().ref()))
                .containsExactly("first", "before", "after", "later");
        await("no change is unanswered").until(lane::isIdle);
    }
}
