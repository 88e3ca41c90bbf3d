package chat.foyer.channel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.MemoryChannelLayer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consumers of {@code docs/channel-layer.md}. */
class ConsumerExampleTest {
    private static final Jsonb JSONB = JsonbBuilder.create();

    private final List<String> drawn = Collections.synchronizedList(new ArrayList<>());
    private final List<String> orders = Collections.synchronizedList(new ArrayList<>());
    private final ChannelLayer layer = new MemoryChannelLayer("node", LayerOptions.USUAL);
    private final List<Worker> workers = new ArrayList<>();

    public record Thumbnail(String content) {}

    @ApplicationScoped
    @Consumer(value = "thumbnails", concurrency = 2)
    class Thumbnails {

        void thumbnail_wanted(Thumbnail wanted) {
            drawn.add(wanted.content());
        }

        void thumbnail_forgotten(JsonObject event) {
            drawn.remove(event.getString("content"));
        }
    }

    @Consumer("orders")
    void take(JsonObject order) {
        orders.add(order.getString("content"));
    }

    @BeforeEach
    void begin() {
        consume(new Thumbnails());
        consume(this);
    }

    private void consume(Object bean) { // as Consumers does
        for (Declaration declaration : Declaration.of(bean.getClass())) {
            Worker worker = new Worker(
                    declaration,
                    layer,
                    event -> declaration.dispatch().handlerOf(event).call(bean, event, JSONB),
                    Thread::new);
            workers.add(worker);
            worker.start();
        }
    }

    @AfterEach
    void end() {
        workers.forEach(Worker::takeNoMore);
        layer.close();
    }

    private void send(String channel, String type, String content) {
        layer.send(
                channel,
                Json.createObjectBuilder()
                        .add("type", type)
                        .add("content", content)
                        .build());
    }

    @Test
    void what_is_wanted_is_drawn_until_it_is_forgotten() {
        send("thumbnails", "thumbnail.wanted", "a.png");
        send("thumbnails", "thumbnail.wanted", "b.png");
        await().until(() -> drawn.size() == 2);
        send("thumbnails", "thumbnail.forgotten", "a.png");
        await().untilAsserted(() -> assertThat(drawn).containsExactly("b.png"));
    }

    @Test
    void what_is_ordered_is_taken() {
        send("orders", "whatever", "pencils");
        await().until(() -> orders.equals(List.of("pencils")));
    }
}
