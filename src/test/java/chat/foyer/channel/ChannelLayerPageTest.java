package chat.foyer.channel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code docs/channel-layer.md}: tests run its examples, most of them this one, and its table names every test. */
class ChannelLayerPageTest {
    private static final Path PAGE = Path.of("docs/channel-layer.md");
    private static final List<Path> EXAMPLES = List.of(
            Path.of("src/test/java/chat/foyer/channel/ChannelLayerPageTest.java"),
            Path.of("src/test/java/chat/foyer/channel/consumer/ConsumerExampleTest.java"),
            Path.of("src/test/java/chat/foyer/testing/consumers/Builds.java"));

    @Inject
    ChannelLayer layer;

    @Inject
    @Layer("jobs")
    ChannelLayer jobs;

    private final List<String> drawn = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    ChannelLayerPageTest() { // as CDI would
        layer = new MemoryChannelLayer("node", LayerOptions.USUAL);
        jobs = new MemoryChannelLayer("node", LayerOptions.USUAL);
    }

    @AfterEach
    void close() {
        layer.close();
        jobs.close();
    }

    private static JsonObject event(String type, String content) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("content", content)
                .build();
    }

    void order(String image) {
        layer.send("thumbnails", event("thumbnail.wanted", image));
    }

    void work() {
        layer.blocking().receive("thumbnails", Duration.ofSeconds(30)).ifPresent(this::draw);
    }

    private void draw(JsonObject event) {
        drawn.add(event.getString("content"));
    }

    private void tellLater(String problem) {
        told.add(problem);
    }

    @Test
    void what_is_ordered_is_drawn() {
        order("a.png");
        work();
        assertThat(drawn).containsExactly("a.png");
    }

    @Test
    void who_watches_hears() {
        String answers = layer.newChannel();
        layer.groupAdd("price-watchers", answers);
        layer.groupSend("price-watchers", event("price.changed", "42"));
        assertThat(layer.receive(answers)).isCompletedWithValue(event("price.changed", "42"));
        assertThat(jobs.receive(answers)).isNotDone();
    }

    @Test
    void who_sends_too_much_is_told() {
        for (int i = 0; i < 100; i++) {
            order("a.png");
        }
        layer.send("thumbnails", event("thumbnail.wanted", "a.png")).exceptionally(failure -> {
            tellLater(failure.getMessage()); // ChannelFullException: receive faster, send less, or raise the capacity
            return null;
        });
        assertThat(told).singleElement().asString().contains("foyer.channel.capacities");
    }

    @Test
    void every_example_is_run() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path example : EXAMPLES) {
            code.append(Files.readString(example).replaceAll("\\s+", " "));
        }
        List<String> examples = found("(?s)```java\\n(.*?)```", Files.readString(PAGE)).stream()
                .flatMap(example -> Arrays.stream(example.split("\n\n")))
                .toList();
        assertThat(examples)
                .hasSizeGreaterThan(3)
                .allSatisfy(example -> assertThat(code).contains(example.strip().replaceAll("\\s+", " ")));
    }

    @Test
    void the_table_names_every_promise_and_its_test() throws IOException {
        Set<String> tests = Arrays.stream(ChannelLayerContract.class.getDeclaredMethods())
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().endsWith("Test")))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        tests.remove("it_is_known_whether_a_layer_spans_nodes"); // says what the suite is run against
        assertThat(new TreeSet<>(found("`([a-z0-9]+_[a-z0-9_]+)`", Files.readString(PAGE))))
                .isEqualTo(tests);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
