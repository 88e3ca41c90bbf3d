package chat.foyer.channel.database;

import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.LayerClosedException;
import chat.foyer.channel.LayerUnavailableException;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What a process has told others to do and waits for, until it hears that it is done. Thread-safe; never waits.
 *
 * <p>Invariant: every order completes: when it is confirmed, when it could not be said, or {@link #PATIENCE_NANOS} later,
 * and when the layer closes.
 */
final class Orders {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    enum Type {
        /** Forget every event and group. */
        FLUSH,
        /** Add a channel of yours to a group. */
        ADD,
        /** Take a channel of yours out of a group. */
        DISCARD,
        /** An order was obeyed. */
        CONFIRM
    }

    private record Waiting(Type type, long since, CompletableFuture<Void> done) {}

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    static String text(Type type, String id) {
        return order(type, id).build().toString();
    }

    static String text(Type type, String id, String group, String channel) {
        return order(type, id)
                .add("group", group)
                .add("channel", channel)
                .build()
                .toString();
    }

    private static JsonObjectBuilder order(Type type, String id) {
        return JSON.createObjectBuilder().add("type", type.name()).add("id", id);
    }

    /** Gives an order under a new id; completes when it is obeyed. */
    CompletableFuture<Void> await(Type type, Function<String, CompletableFuture<Void>> giving) {
        String id = ChannelNames.random();
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.put(id, new Waiting(type, System.nanoTime(), done));
        done.whenComplete((nothing, failure) -> waiting.remove(id));
        giving.apply(id).exceptionally(failure -> {
            done.completeExceptionally(failure);
            return null;
        });
        return done;
    }

    void confirmed(String id) {
        Waiting confirmed = waiting.get(id);
        if (confirmed != null) {
            confirmed.done().complete(null);
        }
    }

    /** Who does not answer has no members any more, so there it is no failure to have discarded one. */
    void giveUpTheUnconfirmed() {
        long now = System.nanoTime();
        for (Waiting one : waiting.values()) {
            if (now - one.since() < PATIENCE_NANOS) {
                continue;
            }
            if (one.type() == Type.DISCARD) {
                one.done().complete(null);
            } else {
                one.done().completeExceptionally(new LayerUnavailableException("whoever must do it does not answer"));
            }
        }
    }

    void close() {
        waiting.values().forEach(one -> one.done().completeExceptionally(new LayerClosedException()));
    }
}
