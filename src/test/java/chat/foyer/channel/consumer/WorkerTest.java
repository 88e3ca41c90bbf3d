package chat.foyer.channel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.MemoryChannelLayer;
import chat.foyer.testing.LogLines;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The threads of a consumer: how many events they take, what they survive and how they end. */
class WorkerTest {
    private static final long SECONDS = 1_000_000_000L;

    private final ChannelLayer layer = new MemoryChannelLayer("node", LayerOptions.USUAL);
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        workers.forEach(worker -> worker.stop(System.nanoTime()));
        layer.close();
    }

    private Worker worker(String channel, int concurrency, Worker.Task task) {
        Dispatch unused = new Dispatch.ByType(Map.of());
        Declaration declaration = new Declaration("Test." + channel, channel, "default", concurrency, unused);
        Worker worker = new Worker(declaration, layer, task, this::daemon);
        workers.add(worker);
        worker.start();
        return worker;
    }

    private Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    private static JsonObject event(String type) {
        return Json.createObjectBuilder().add("type", type).build();
    }

    private void note(JsonObject event) {
        handled.add(event.getString("type"));
    }

    @Test
    void one_thread_keeps_the_order() {
        worker("a", 1, this::note);
        List<String> types = IntStream.range(0, 90).mapToObj(Integer::toString).toList();
        types.forEach(type -> layer.send("a", event(type)));
        await().until(() -> handled.size() == types.size());
        assertThat(handled).isEqualTo(types);
    }

    @Test
    void no_more_events_are_taken_than_can_be_handled_at_once() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore gate = new Semaphore(0);
        Worker worker = worker("a", 3, event -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            gate.acquire();
            running.decrementAndGet();
            note(event);
        });
        IntStream.range(0, 10).forEach(i -> layer.send("a", event("x")));
        await().until(() -> worker.busy() == 3);
        int left = 0;
        while (layer.receive("a").isDone()) {
            left++;
        }
        assertThat(left).as("the others wait in the mailbox").isEqualTo(7);
        gate.release(10);
        await().until(() -> worker.handled() == 3);
        assertThat(most).hasValue(3);
    }

    @Test
    void nothing_that_a_handler_does_ends_its_thread() {
        Worker worker = worker("a", 1, event -> {
            switch (event.getString("type")) {
                case "throws" -> throw new IllegalStateException("once more");
                case "checked" -> throw new java.io.IOException("no disk");
                case "error" -> throw new StackOverflowError();
                case "refused" -> throw new EventRefusedException("not mine");
                case "interrupted" -> Thread.currentThread().interrupt();
                case "mute" ->
                    throw new IllegalStateException() {
                        @Override
                        public String toString() {
                            throw new IllegalStateException("even this");
                        }
                    };
                default -> note(event);
            }
        });
        for (String type : List.of("throws", "checked", "error", "refused", "interrupted", "mute", "good")) {
            layer.send("a", event(type));
        }
        await().until(() -> handled.equals(List.of("good")));
        await().until(() -> worker.handled() == 2);
        assertThat(worker.failed()).isEqualTo(5);
        threads.forEach(Thread::interrupt); // as something may that a handler has left behind
        layer.send("a", event("good"));
        await().until(() -> handled.equals(List.of("good", "good")));
    }

    @Test
    void what_throws_again_and_again_is_told_once_for_each_cause() {
        try (LogLines log = new LogLines(Consumer.class.getName())) {
            Worker worker = worker("a", 1, event -> {
                if (event.getString("type").equals("disk")) {
                    throw new java.io.IOException("no disk");
                }
                throw new IllegalStateException("once more");
            });
            for (int i = 0; i < 20; i++) {
                layer.send("a", event("disk"));
                layer.send("a", event("state"));
            }
            await().until(() -> worker.failed() == 40);
            assertThat(log.all()).hasSize(2);
            assertThat(log.all().get(0))
                    .contains("Test.a", "\"disk\"", "no disk", " at chat.foyer", "WorkerTest.java:");
            assertThat(log.all().get(1)).contains("\"state\"", "once more");
        }
    }

    @Test
    void no_cause_hides_behind_another_of_its_kind_but_numbers_and_ids_make_none() {
        try (LogLines log = new LogLines(Consumer.class.getName())) {
            Worker worker = worker("a", 1, event -> {
                throw new IllegalStateException(event.getString("type"));
            });
            List<String> failures = List.of(
                    "line 1 is wrong",
                    "no ink",
                    "line 2 is wrong",
                    "no ink",
                    "line 33 is wrong",
                    "no 0198c2f0-5c1e-7aa0-8d3b-6f1f0c9a7e11",
                    "no fe98c2f0-5c1e-7aa0-8d3b-6f1f0c9a7e11");
            failures.forEach(type -> layer.send("a", event(type)));
            await().until(() -> worker.failed() == failures.size());
            assertThat(log.all()).hasSize(3);
            assertThat(log.all().get(0)).contains("line 1 is wrong");
            assertThat(log.all().get(1)).contains("no ink");
            assertThat(log.all().get(2)).contains("no 0198");
        }
    }

    @Test
    void one_that_hangs_is_told_of_once_and_holds_up_no_other() {
        CountDownLatch never = new CountDownLatch(1);
        Worker hanging = worker("a", 1, event -> never.await());
        Worker other = worker("b", 1, this::note);
        layer.send("a", event("endless"));
        await().until(() -> hanging.busy() == 1);
        layer.send("b", event("good"));
        await().until(() -> other.handled() == 1);

        try (LogLines log = new LogLines(Worker.class.getName())) {
            hanging.reportHanging(Duration.ofHours(1));
            hanging.reportHanging(Duration.ZERO);
            hanging.reportHanging(Duration.ZERO);
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains("Test.a", "\"endless\"", "busy", "WorkerTest.java:");
        }
    }

    @Test
    void stopping_takes_no_more_lets_running_handlers_end_and_loses_nothing_that_waits() throws Exception {
        Semaphore gate = new Semaphore(0);
        Worker worker = worker("a", 1, event -> {
            gate.acquire();
            note(event);
        });
        layer.send("a", event("running"));
        await().until(() -> worker.busy() == 1);
        worker.takeNoMore();
        layer.send("a", event("waiting"));
        gate.release();
        worker.stop(System.nanoTime() + 20 * SECONDS);
        assertThat(handled).containsExactly("running");
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(layer.receive("a")).isCompletedWithValue(event("waiting"));
    }

    @Test
    void an_event_is_handled_or_left_however_it_races_with_stopping() throws Exception {
        for (int round = 0; round < 200; round++) {
            String channel = "race" + round;
            Worker worker = worker(channel, 2, this::note);
            Thread sender = daemon(() -> layer.send(channel, event(channel)));
            sender.start();
            worker.stop(System.nanoTime() + 20 * SECONDS);
            sender.join();
            boolean left = layer.receive(channel).isDone();
            assertThat(handled.contains(channel)).as(channel).isNotEqualTo(left);
        }
    }

    @Test
    void a_handler_that_does_not_end_in_time_is_interrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Worker worker = worker("a", 1, event -> never.await());
        layer.send("a", event("endless"));
        await().until(() -> worker.busy() == 1);
        try (LogLines log = new LogLines(Worker.class.getName())) {
            worker.stop(System.nanoTime());
            assertThat(log.all()).singleElement().asString().contains("interrupted", "\"endless\"");
        }
        await().until(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void closing_the_layer_ends_the_threads() {
        worker("a", 2, this::note);
        layer.close();
        await().until(() -> threads.stream().noneMatch(Thread::isAlive));
    }
}
