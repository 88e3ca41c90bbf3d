package chat.foyer.channel;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A channel layer for code that may wait: each verb returns when it is done, or throws the {@link ChannelException} that its
 * stage would have completed with. Thread-safe; not for callbacks of the layer itself, which would wait for themselves.
 *
 * <p>No verb waits longer than {@link #PATIENCE}; an interrupted one throws {@link LayerUnavailableException} and leaves the
 * thread interrupted.
 */
public final class BlockingChannelLayer {
    /** Longer than any layer tries by itself. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChannelLayer layer;

    BlockingChannelLayer(ChannelLayer layer) {
        this.layer = layer;
    }

    /** @see ChannelLayer#send */
    public void send(String channel, JsonObject event) {
        await(layer.send(channel, event));
    }

    /** The next event of the channel, or nothing if none comes in time; then nothing is lost either. */
    public Optional<JsonObject> receive(String channel, Duration patience) {
        CompletableFuture<JsonObject> next = layer.receive(channel);
        try {
            return Optional.of(next.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return cancelOrTake(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cancelOrTake(next);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    /** An event that came between the time-out and the cancelling is received all the same. */
    private static Optional<JsonObject> cancelOrTake(CompletableFuture<JsonObject> next) {
        if (next.cancel(false)) {
            return Optional.empty();
        }
        try {
            return Optional.of(next.join());
        } catch (CompletionException e) {
            throw unwrapped(e.getCause());
        }
    }

    /** @see ChannelLayer#groupAdd */
    public void groupAdd(String group, String channel) {
        await(layer.groupAdd(group, channel));
    }

    /** @see ChannelLayer#groupDiscard */
    public void groupDiscard(String group, String channel) {
        await(layer.groupDiscard(group, channel));
    }

    /** @see ChannelLayer#groupSend */
    public void groupSend(String group, JsonObject event) {
        await(layer.groupSend(group, event));
    }

    /** @see ChannelLayer#flush */
    public void flush() {
        await(layer.flush());
    }

    private static void await(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LayerUnavailableException("no answer within " + PATIENCE.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LayerUnavailableException("the waiting thread was interrupted");
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static RuntimeException unwrapped(Throwable cause) {
        if (cause instanceof ChannelException | cause instanceof CancellationException) {
            return (RuntimeException) cause;
        }
        return new IllegalStateException(cause);
    }
}
