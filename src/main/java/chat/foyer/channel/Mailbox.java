package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * One channel of this process: a bounded queue of events, each with its end, and the receivers that wait for the next one.
 * Thread-safe.
 *
 * <p>Invariant, under the lock: events wait only while no receiver does, and the other way round. A retired mailbox is empty
 * and stays so: whoever meets one looks for its successor.
 */
final class Mailbox {
    private static final int FEW_RECEIVERS = 16;

    private record Waiting(JsonObject event, long endsNanos) {}

    /** What became of an event. */
    enum Offer {
        TAKEN,
        FULL,
        RETIRED
    }

    private final int capacity;
    private final boolean permanent;
    private final ArrayDeque<Waiting> events = new ArrayDeque<>();
    private final ArrayDeque<CompletableFuture<JsonObject>> receivers = new ArrayDeque<>();
    private int receiversToTidy = FEW_RECEIVERS;
    private OptionalLong lastReceiveNanos = OptionalLong.empty();
    private boolean retired;
    private boolean closed;

    /** @param permanent whether it stays although nobody uses it */
    Mailbox(int capacity, boolean permanent) {
        this.capacity = capacity;
        this.permanent = permanent;
    }

    int capacity() {
        return capacity;
    }

    /** Hands the event to a waiting receiver, or keeps it for so long, if there is room. */
    Offer offer(JsonObject event, long lifeNanos) {
        while (true) {
            CompletableFuture<JsonObject> receiver;
            synchronized (this) {
                if (retired) {
                    return Offer.RETIRED;
                }
                receiver = receivers.poll();
                if (receiver == null) {
                    return keep(event, lifeNanos);
                }
            }
            // outside the lock, since the receiver's own code runs here; false means it was cancelled: try the next
            if (receiver.complete(event)) {
                return Offer.TAKEN;
            }
        }
    }

    /** Hands the event to a waiting receiver; false when there is none. */
    boolean handOver(JsonObject event) {
        while (true) {
            CompletableFuture<JsonObject> receiver;
            synchronized (this) {
                receiver = receivers.poll();
            }
            if (receiver == null) {
                return false;
            }
            if (receiver.complete(event)) {
                return true;
            }
        }
    }

    private Offer keep(JsonObject event, long lifeNanos) {
        long now = System.nanoTime();
        forgetExpired(now);
        if (closed || events.size() >= capacity) {
            return Offer.FULL;
        }
        events.add(new Waiting(event, now + lifeNanos));
        return Offer.TAKEN;
    }

    private void forgetExpired(long now) {
        while (!events.isEmpty() && events.peek().endsNanos() - now <= 0) {
            events.poll();
        }
    }

    /** The next event, now or later; nothing when it is retired. */
    synchronized Optional<CompletableFuture<JsonObject>> receive() {
        if (closed) {
            return Optional.of(CompletableFuture.failedFuture(new LayerClosedException()));
        }
        if (retired) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        lastReceiveNanos = OptionalLong.of(now);
        forgetExpired(now);
        Waiting next = events.poll();
        if (next != null) {
            return Optional.of(CompletableFuture.completedFuture(next.event()));
        }
        forgetCancelled();
        CompletableFuture<JsonObject> receiver = new CompletableFuture<>();
        receivers.add(receiver);
        return Optional.of(receiver);
    }

    /** Or somebody who receives again and again, a moment each, would pile them up. */
    private void forgetCancelled() {
        if (receivers.size() >= receiversToTidy) {
            receivers.removeIf(CompletableFuture::isDone);
            receiversToTidy = Math.max(FEW_RECEIVERS, 2 * receivers.size());
        }
    }

    /** When somebody last received: now, while somebody waits; nothing if nobody ever did. */
    synchronized OptionalLong lastReceiveNanos() {
        receivers.removeIf(CompletableFuture::isDone);
        return receivers.isEmpty() ? lastReceiveNanos : OptionalLong.of(System.nanoTime());
    }

    /** Retires it if nobody uses it: no event that could still be received, no receiver. */
    synchronized boolean retireIfIdle() {
        forgetExpired(System.nanoTime());
        receivers.removeIf(CompletableFuture::isDone);
        retired = !permanent && events.isEmpty() && receivers.isEmpty();
        return retired;
    }

    /** Forgets its events; receivers go on waiting. */
    synchronized void clear() {
        events.clear();
    }

    void close() {
        ArrayDeque<CompletableFuture<JsonObject>> abandoned;
        synchronized (this) {
            closed = true;
            events.clear();
            abandoned = new ArrayDeque<>(receivers);
            receivers.clear();
        }
        abandoned.forEach(receiver -> receiver.completeExceptionally(new LayerClosedException()));
    }
}
