package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * One channel of this process: a bounded queue of events and the receivers that wait for the next one. Thread-safe.
 *
 * <p>Invariant, under the lock: events wait only while no receiver does, and the other way round.
 */
final class Mailbox {
    private final int capacity;
    private final ArrayDeque<JsonObject> events = new ArrayDeque<>();
    private final ArrayDeque<CompletableFuture<JsonObject>> receivers = new ArrayDeque<>();
    private boolean closed;

    Mailbox(int capacity) {
        this.capacity = capacity;
    }

    /** Hands the event to a waiting receiver or keeps it; false when there is no room for it. */
    boolean offer(JsonObject event) {
        while (true) {
            CompletableFuture<JsonObject> receiver;
            synchronized (this) {
                if (closed) {
                    return false;
                }
                receiver = receivers.poll();
                if (receiver == null) {
                    return events.size() < capacity && events.add(event);
                }
            }
            // outside the lock, since the receiver's own code runs here; false means it was cancelled: try the next
            if (receiver.complete(event)) {
                return true;
            }
        }
    }

    synchronized CompletableFuture<JsonObject> receive() {
        if (closed) {
            return CompletableFuture.failedFuture(new CancellationException("The channel layer is closed."));
        }
        JsonObject event = events.poll();
        if (event != null) {
            return CompletableFuture.completedFuture(event);
        }
        CompletableFuture<JsonObject> receiver = new CompletableFuture<>();
        receivers.add(receiver);
        return receiver;
    }

    void close() {
        ArrayDeque<CompletableFuture<JsonObject>> abandoned;
        synchronized (this) {
            closed = true;
            events.clear();
            abandoned = new ArrayDeque<>(receivers);
            receivers.clear();
        }
        abandoned.forEach(
                receiver -> receiver.completeExceptionally(new CancellationException("The channel layer is closed.")));
    }
}
