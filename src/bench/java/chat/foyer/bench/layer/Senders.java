package chat.foyer.bench.layer;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The sending side. One thread runs it; what the layer and the members tell may come on any thread, and sends nothing
 * there.
 *
 * <p>Invariant, under the lock of each sender: it is busy exactly from when it is put among the ready until its event has
 * been sent, and becomes ready only with fewer events under way than the window. So no sender sends two at once, and a
 * channel never holds more unread events than all windows together.
 */
final class Senders {
    private static final String TEXT = ".".repeat(16); // an event is about a hundred bytes of JSON
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final class Sender {
        private final int index;
        private int number;
        private int underWay;
        private boolean busy;

        Sender(int index) {
            this.index = index;
        }

        synchronized void offer() {
            if (!busy && underWay < window) {
                busy = true;
                ready.add(this);
            }
        }

        void send(boolean timed) {
            JsonObject event;
            synchronized (this) {
                underWay++;
                number++;
                event = Json.createObjectBuilder()
                        .add("type", "bench.message")
                        .add("sender", index)
                        .add("number", number)
                        .add("sent", System.nanoTime())
                        .add("timed", timed)
                        .add("text", TEXT)
                        .build();
            }
            verb.apply(event).whenComplete((nothing, failure) -> sent(failure));
        }

        private synchronized void sent(Throwable refusal) {
            if (refusal != null) {
                failure.compareAndSet(null, refusal);
            }
            busy = false;
            offer();
        }

        synchronized void heard() {
            underWay--;
            offer();
        }

        synchronized int number() {
            return number;
        }
    }

    private final int window;
    private final Function<JsonObject, CompletionStage<Void>> verb;
    private final List<Sender> senders;
    private final BlockingQueue<Sender> ready = new LinkedBlockingQueue<>();
    private final AtomicLong complete = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param verb sends an event to whom it is for */
    Senders(LayerOrder order, Function<JsonObject, CompletionStage<Void>> verb) {
        this.window = order.window();
        this.verb = verb;
        this.senders = IntStream.range(0, order.senders()).mapToObj(Sender::new).toList();
        senders.forEach(Sender::offer);
    }

    /** All members have heard an event of this sender. */
    void heardByAll(int sender) {
        complete.incrementAndGet();
        senders.get(sender).heard();
    }

    /** How many events all members have heard. */
    long complete() {
        return complete.get();
    }

    /** Sends for so long, as fast as it goes. */
    void saturate(double seconds) throws InterruptedException {
        long end = System.nanoTime() + nanos(seconds);
        while (System.nanoTime() - end < 0) {
            sendNext(end, false);
        }
    }

    /** Sends so many a second. */
    void pace(double seconds, int perSecond, boolean timed) throws InterruptedException {
        long due = System.nanoTime();
        long end = due + nanos(seconds);
        while (System.nanoTime() - end < 0) {
            due += NANOS_PER_SECOND / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sendNext(end, timed);
        }
    }

    private void sendNext(long end, boolean timed) throws InterruptedException {
        Sender next = ready.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next != null) {
            next.send(timed);
        }
    }

    /** Waits for so long at most until everything has been heard by all; whether it has. */
    boolean settle(double seconds) {
        long sent = IntStream.of(sent()).asLongStream().sum();
        long end = System.nanoTime() + nanos(seconds);
        while (complete.get() < sent && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return complete.get() == sent;
    }

    /** How many each has sent. */
    int[] sent() {
        return senders.stream().mapToInt(Sender::number).toArray();
    }

    /** The first refusal of the layer. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    private static long nanos(double seconds) {
        return (long) (seconds * NANOS_PER_SECOND);
    }
}
