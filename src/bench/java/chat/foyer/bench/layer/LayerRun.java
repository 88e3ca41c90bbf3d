package chat.foyer.bench.layer;

import chat.foyer.bench.Figure;
import chat.foyer.channel.ChannelLayer;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Does what a {@link LayerOrder} says, on two layers of one bus. */
final class LayerRun {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final LayerOrder order;
    private final Senders senders;
    private final Members members;
    private final double patienceSeconds;

    /** @param patienceSeconds how long it waits until everything that was sent has been heard */
    LayerRun(LayerOrder order, ChannelLayer sending, ChannelLayer receiving, double patienceSeconds) {
        this.order = order;
        this.patienceSeconds = patienceSeconds;
        Function<JsonObject, CompletionStage<Void>> verb = order.toGroup()
                ? event -> sending.groupSend(order.name(), event)
                : event -> sending.send(order.name(), event);
        senders = new Senders(order, verb);
        members = new Members(receiving, order, senders::heardByAll);
    }

    LayerAnswer answer() throws InterruptedException {
        members.begin();
        senders.saturate(order.warmUpSeconds());
        long before = senders.complete();
        long begun = System.nanoTime();
        senders.saturate(order.saturatedSeconds());
        double perSecond = (senders.complete() - before) * NANOS_PER_SECOND / (System.nanoTime() - begun);
        senders.settle(patienceSeconds);
        senders.pace(order.settlingSeconds(), order.perSecond(), false);
        senders.pace(order.steadySeconds(), order.perSecond(), true);
        senders.settle(patienceSeconds);

        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Figure.SENDS, perSecond);
        figures.put(Figure.DELIVERIES, perSecond * order.members());
        figures.put(Figure.P50, members.percentile(0.50) / NANOS_PER_MILLI);
        figures.put(Figure.P99, members.percentile(0.99) / NANOS_PER_MILLI);
        String fault = members.faults(senders.sent());
        return new LayerAnswer(
                figures, senders.failure().map(Throwable::toString).orElse(fault));
    }
}
