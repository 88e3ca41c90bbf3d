package chat.foyer.channel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.channel.Layer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a class may declare, and which of its methods an event goes to. */
class DeclarationTest {
    private static final Jsonb JSONB = JsonbBuilder.create();

    public record Image(String name, int width) {}

    @Consumer("images")
    static class Studio {
        final List<String> done = new ArrayList<>();

        void image_wanted(JsonObject event) {
            done.add("wanted " + event.getString("name"));
        }

        void image_drawn(Image image) {
            done.add("drawn " + image.name() + " " + image.width());
        }

        void image_lost(JsonObject event) throws IOException {
            throw new IOException("no ink");
        }

        @Consumer(value = "rush", layer = "jobs", concurrency = 3)
        void hurry(Image image) {
            done.add("hurried " + image.name());
        }

        void _secret(JsonObject event) {}

        void started(@Observes Image event) {}

        @Inject
        void use(Image image) {}

        private void hidden(JsonObject event) {}

        static void shared(JsonObject event) {}

        String answer(JsonObject event) {
            return "";
        }
    }

    private static Declaration declared(Class<?> type, String channel) {
        return Declaration.of(type).stream()
                .filter(declaration -> declaration.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject event(String type) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("name", "a.png")
                .add("width", 7)
                .build();
    }

    private static void dispatch(Studio studio, String channel, JsonObject event) throws Exception {
        declared(Studio.class, channel).dispatch().handlerOf(event).call(studio, event, JSONB);
    }

    @Test
    void the_type_names_the_method_with_underscores_for_dots() throws Exception {
        Studio studio = new Studio();
        dispatch(studio, "images", event("image.wanted"));
        dispatch(studio, "images", event("image_wanted"));
        dispatch(studio, "images", event("image.drawn"));
        assertThat(studio.done).containsExactly("wanted a.png", "wanted a.png", "drawn a.png 7");
    }

    @Test
    void a_method_with_a_channel_gets_every_event_whatever_its_type() throws Exception {
        Studio studio = new Studio();
        dispatch(studio, "rush", event("image.wanted"));
        dispatch(studio, "rush", Json.createObjectBuilder().add("name", "b.png").build());
        assertThat(studio.done).containsExactly("hurried a.png", "hurried b.png");
        Declaration rush = declared(Studio.class, "rush");
        assertThat(rush.layer()).isEqualTo("jobs");
        assertThat(rush.concurrency()).isEqualTo(3);
        assertThat(declared(Studio.class, "images").layer()).isEqualTo(Layer.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_secret",
                ".secret",
                "..secret",
                "image",
                "hurry",
                "started",
                "use",
                "hidden",
                "shared",
                "answer",
                "toString",
                "wait",
                "equals",
                "image.wanted\n",
                "done",
            })
    void no_type_reaches_what_is_no_handler(String type) {
        assertThatThrownBy(() -> dispatch(new Studio(), "images", event(type)))
                .isInstanceOf(EventRefusedException.class);
    }

    @Test
    void an_event_without_a_type_is_refused() {
        JsonObject untyped = Json.createObjectBuilder().add("name", "a.png").build();
        JsonObject numbered = Json.createObjectBuilder().add("type", 7).build();
        for (JsonObject event : List.of(untyped, numbered)) {
            assertThatThrownBy(() -> dispatch(new Studio(), "images", event))
                    .isInstanceOf(EventRefusedException.class)
                    .hasMessageContaining("no type");
        }
    }

    @Test
    void an_event_that_is_not_what_the_method_takes_is_refused() {
        JsonObject wrong = Json.createObjectBuilder()
                .add("type", "image.drawn")
                .add("width", "wide")
                .build();
        assertThatThrownBy(() -> dispatch(new Studio(), "images", wrong))
                .isInstanceOf(EventRefusedException.class)
                .hasMessageContaining("Image");
    }

    @Test
    void what_a_handler_throws_is_thrown() {
        assertThatThrownBy(() -> dispatch(new Studio(), "images", event("image.lost")))
                .isInstanceOf(IOException.class)
                .hasMessage("no ink");
    }

    static class Atelier extends Studio {
        @Override
        void hurry(Image image) {
            done.add("took time for " + image.name());
        }
    }

    @Test
    void a_method_that_is_overridden_without_a_channel_is_no_consumer_any_more() {
        assertThat(Declaration.of(Atelier.class)).isEmpty();
    }

    @Test
    void most_classes_declare_nothing() {
        assertThat(Declaration.of(String.class)).isEmpty();
    }

    static class BadName {
        @Consumer("¯\\_(ツ)_/¯")
        void on(JsonObject event) {}
    }

    static class OwnChannel {
        @Consumer("specific.node!abc")
        void on(JsonObject event) {}
    }

    static class Idle {
        @Consumer(value = "a", concurrency = 0)
        void on(JsonObject event) {}
    }

    static class Number {
        @Consumer("a")
        void on(int event) {}
    }

    static class Text {
        @Consumer("a")
        void on(String event) {}
    }

    static class Loose {
        @Consumer("a")
        void on(Map<String, Object> event) {}
    }

    static class Two {
        @Consumer("a")
        void on(JsonObject event, String other) {}
    }

    static class Hidden {
        @Consumer("a")
        private void on(JsonObject event) {}
    }

    static class Answering {
        @Consumer("a")
        String on(JsonObject event) {
            return "";
        }
    }

    @Consumer("a")
    static class Empty {}

    @Consumer("a")
    static class Ambiguous {
        void on(JsonObject event) {}

        void on(Image event) {}
    }

    @Consumer("a")
    static class BadHandler {
        void on(JsonObject event) {}

        void off(List<String> event) {}
    }

    static class Twice {
        @Consumer("a")
        void one(JsonObject event) {}

        @Consumer("a")
        void two(JsonObject event) {}

        @Consumer(value = "a", layer = "jobs")
        void elsewhere(JsonObject event) {}
    }

    @Test
    void a_channel_of_a_layer_has_one_consumer() {
        Map<String, Declaration> all = Declaration.of(Twice.class).stream()
                .collect(Collectors.toMap(
                        each -> each.name().substring(each.name().lastIndexOf('.') + 1), each -> each));
        assertThatThrownBy(() -> all.get("two").requireOtherChannel(all.get("one")))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("Consumer " + Twice.class.getName() + ".two: ")
                .hasMessageContainingAll(Twice.class.getName() + ".one", "channel a of layer default")
                .hasMessageNotContaining("\n");
        all.get("elsewhere").requireOtherChannel(all.get("one"));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                BadName.class,
                OwnChannel.class,
                Idle.class,
                Number.class,
                Text.class,
                Loose.class,
                Two.class,
                Hidden.class,
                Answering.class,
                Empty.class,
                Ambiguous.class,
                BadHandler.class,
            })
    void a_mistake_is_one_sentence_that_names_the_place(Class<?> mistaken) {
        assertThatThrownBy(() -> Declaration.of(mistaken))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("Consumer " + mistaken.getName())
                .hasMessageNotContaining("\n");
    }
}
