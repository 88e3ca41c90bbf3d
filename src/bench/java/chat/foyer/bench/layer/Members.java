package chat.foyer.bench.layer;

import chat.foyer.bench.load.Histogram;
import chat.foyer.bench.load.Ledger;
import chat.foyer.channel.ChannelLayer;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.ToLongFunction;

/**
 * The receiving side: channels of one node, from each of which one event after the other is received. Thread-safe.
 *
 * <p>Invariant, under the lock: a sender's events that are under way have different places in its row of {@link #heard}, and
 * each place counts the members that have heard the event.
 */
final class Members {
    private final ChannelLayer layer;
    private final LayerOrder order;
    private final IntConsumer heardByAll;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final int[][] heard;
    private final Histogram latency = new Histogram();

    /** @param heardByAll told of whom an event is that all members have heard */
    Members(ChannelLayer layer, LayerOrder order, IntConsumer heardByAll) {
        this.layer = layer;
        this.order = order;
        this.heardByAll = heardByAll;
        this.heard = new int[order.senders()][order.window()];
    }

    /** Makes the channels, puts them into the group, and listens until the layer closes. */
    void begin() {
        if (!order.toGroup()) {
            listen(order.name(), newLedger());
            return;
        }
        for (int i = 0; i < order.members(); i++) {
            String channel = layer.newChannel();
            layer.blocking().groupAdd(order.name(), channel);
            listen(channel, newLedger());
        }
    }

    private synchronized Ledger newLedger() {
        Ledger ledger = new Ledger(0, order.senders());
        ledgers.add(ledger);
        return ledger;
    }

    private void listen(String channel, Ledger ledger) {
        CompletableFuture<JsonObject> next = layer.receive(channel);
        while (next.isDone() && !next.isCompletedExceptionally()) { // what is there already must not deepen the stack
            hear(ledger, next.join());
            next = layer.receive(channel);
        }
        next.thenAccept(event -> {
            hear(ledger, event);
            listen(channel, ledger);
        });
    }

    private void hear(Ledger ledger, JsonObject event) {
        long now = System.nanoTime();
        int sender = event.getInt("sender");
        int number = event.getInt("number");
        if (event.getBoolean("timed")) {
            time(now - event.getJsonNumber("sent").longValue());
        }
        if (count(ledger, sender, number)) {
            heardByAll.accept(sender);
        }
    }

    /** Whether it was the last member to hear this one. */
    private synchronized boolean count(Ledger ledger, int sender, int number) {
        ledger.saw(sender, number);
        int place = number % order.window();
        heard[sender][place] = (heard[sender][place] + 1) % order.members();
        return heard[sender][place] == 0;
    }

    private synchronized void time(long nanos) {
        latency.add(nanos);
    }

    /** How long this share of the timed events took at most, in nanoseconds. */
    synchronized long percentile(double share) {
        return latency.percentile(share);
    }

    /** What is wrong with what was heard of all that was sent; empty when nothing is. */
    synchronized String faults(int[] sent) {
        long missing = sum(ledger -> ledger.missing(sent));
        long duplicates = sum(Ledger::duplicates);
        long outOfOrder = sum(Ledger::outOfOrder);
        return missing + duplicates + outOfOrder == 0
                ? ""
                : "%d missing, %d doubled, %d out of order".formatted(missing, duplicates, outOfOrder);
    }

    private long sum(ToLongFunction<Ledger> figure) {
        return ledgers.stream().mapToLong(figure).sum();
    }
}
