package chat.foyer.ops;

import chat.foyer.channel.ChannelLayer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Whether events really travel: sends {@code {"type": "hello"}} to the channel {@value #CHANNEL} and receives it back; where
 * the bus has several hosts, by way of each of them. Nodes that do so at the same time may get each other's greeting, which is
 * as good. Thread-safe; never waits.
 */
@ApplicationScoped
public class SelfTest {
    static final String CHANNEL = "test_channel";

    private static final JsonObject HELLO =
            Json.createObjectBuilder().add("type", "hello").build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration OLD = Duration.ofSeconds(20);

    @Inject
    ChannelLayer layer;

    private CompletableFuture<Result> latest;
    private Optional<Result> known = Optional.empty();
    private long begun;
    private long knownSince;

    /**
     * How it went. Immutable.
     *
     * @param passed whether the greeting came back
     * @param millis how long that took, or until it was given up
     * @param detail one phrase for people
     */
    record Result(boolean passed, long millis, String detail) {}

    /** Carries it out; completes within {@link #PATIENCE}. */
    CompletableFuture<Result> run() {
        long start = System.nanoTime();
        List<CompletableFuture<Optional<String>>> faults =
                layer.onEachHost(CHANNEL).stream().map(this::fault).toList();
        return CompletableFuture.allOf(faults.toArray(CompletableFuture[]::new)).thenApply(done -> {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            String all = faults.stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining("; "));
            return new Result(all.isEmpty(), millis, all.isEmpty() ? "passed" : all);
        });
    }

    /** What is wrong with this channel; empty when the greeting comes back. */
    private CompletableFuture<Optional<String>> fault(String channel) {
        CompletableFuture<JsonObject> back = layer.receive(channel);
        return layer.send(channel, HELLO)
                .thenCompose(sent -> back)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((event, failure) -> {
                    back.cancel(false); // so that nothing waits there any more
                    return fault(event, failure).map(fault -> channel + ": " + fault);
                });
    }

    private static Optional<String> fault(JsonObject event, Throwable failure) {
        if (failure != null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            boolean late = cause instanceof TimeoutException;
            return Optional.of(
                    late
                            ? "nothing came back within " + PATIENCE.toSeconds() + " s"
                            : String.valueOf(cause.getMessage()));
        }
        return event.equals(HELLO)
                ? Optional.empty()
                : Optional.of("something else came back; only this test may send there");
    }

    /** How it went within the last {@link #OLD}; empty while the first since then goes on. Asking begins one when it is due. */
    synchronized Optional<Result> latest() {
        long now = System.nanoTime();
        if (latest == null || latest.isDone() && now - begun > FRESH.toNanos()) {
            begun = now;
            latest = run();
        }
        if (latest.isDone()) {
            known = Optional.of(latest.join());
            knownSince = begun;
        }
        return known.filter(result -> now - knownSince < OLD.toNanos());
    }
}
