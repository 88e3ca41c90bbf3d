package chat.foyer.bench.layer;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.bench.Figure;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.MemoryChannelLayer;
import jakarta.json.JsonObject;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerRunTest {
    private static final int CAPACITY = 100;

    private final ChannelLayer layer = new MemoryChannelLayer("node", LayerOptions.USUAL);

    @AfterEach
    void close() {
        layer.close();
    }

    private LayerAnswer run(ChannelLayer sending, boolean toGroup) throws InterruptedException {
        LayerOrder order = new LayerOrder("test", toGroup, toGroup ? 3 : 1, 4, 2, CAPACITY, 0.05, 0.05, 0, 0.1, 200);
        return new LayerRun(LayerOrder.of(order.json()), sending, layer, 0.1).answer();
    }

    /** Does with the fifth event of the first sender what a layer must not. */
    private ChannelLayer mistaking(int times) {
        return (ChannelLayer) Proxy.newProxyInstance(
                ChannelLayer.class.getClassLoader(), new Class<?>[] {ChannelLayer.class}, (proxy, verb, arguments) -> {
                    JsonObject event = (JsonObject) arguments[1];
                    boolean mistaken = event.getInt("sender") == 0 && event.getInt("number") == 5;
                    CompletionStage<?> done = CompletableFuture.completedFuture(null);
                    for (int i = 0; i < (mistaken ? times : 1); i++) {
                        done = (CompletionStage<?>) verb.invoke(layer, arguments);
                    }
                    return done;
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_arrives_once_and_in_order_is_no_fault(boolean toGroup) throws InterruptedException {
        LayerAnswer answer = run(layer, toGroup);

        assertThat(answer.fault()).isEmpty();
        assertThat(answer.figures().get(Figure.SENDS)).isPositive();
        assertThat(answer.figures().get(Figure.P99)).isPositive();
        assertThat(LayerAnswer.of(answer.json())).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_lost_event_is_a_fault(boolean toGroup) throws InterruptedException {
        assertThat(run(mistaking(0), toGroup).fault()).contains((toGroup ? 3 : 1) + " missing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_doubled_event_is_a_fault(boolean toGroup) throws InterruptedException {
        assertThat(run(mistaking(2), toGroup).fault()).contains((toGroup ? 3 : 1) + " doubled");
    }
}
