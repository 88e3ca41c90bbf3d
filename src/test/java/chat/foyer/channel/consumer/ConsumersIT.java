package chat.foyer.channel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.Cluster;
import chat.foyer.testing.Node;
import chat.foyer.testing.OwnNodes;
import chat.foyer.testing.PatchedWar;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.ServerProcess.Unusual;
import chat.foyer.testing.consumers.BenchServlet;
import chat.foyer.testing.consumers.Elsewhere;
import chat.foyer.testing.consumers.JobsServlet;
import chat.foyer.testing.consumers.Mistaken;
import chat.foyer.testing.consumers.Shy;
import chat.foyer.testing.consumers.Studio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Consumers that were added to the WAR, on two nodes with one Redis; what ends a node comes last. */
class ConsumersIT extends OwnNodes {
    @BeforeAll
    static void start() {
        Unusual war = Unusual.not()
                .withWar(PatchedWar.built()
                        .with(BenchServlet.class, JobsServlet.class, Studio.class)
                        .war())
                .with(Map.of("FOYER_CHANNEL_LAYERS", "jobs=redis"));
        cluster = Cluster.start(war, war);
    }

    private static void send(Node node, String channel, String type, String name) {
        post(node, "ops/bench/" + channel, type, name);
    }

    private static void post(Node node, String path, String type, String name) {
        var answer = node.post(path, "{\"type\":\"%s\",\"name\":\"%s\",\"width\":7}".formatted(type, name));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** What handlers have said of events of this name, on this node. */
    private static List<String> said(ServerProcess server, String pattern) {
        List<String> said = new ArrayList<>();
        Pattern.compile("\\[(" + pattern + ")]")
                .matcher(server.log())
                .results()
                .forEach(result -> said.add(result.group(1)));
        return said;
    }

    private static List<String> said(String pattern) {
        List<String> said = new ArrayList<>(said(cluster.one(), pattern));
        said.addAll(said(cluster.two(), pattern));
        return said;
    }

    @Test
    void a_bean_of_its_own_for_each_event_is_gone_after_it() {
        int gone = said("the clerk has left").size();
        send(one(), "orders", "whatever", "pencil");
        send(two(), "orders", "_whatever", "paper");
        await().atMost(PATIENCE)
                .until(() -> said("ordered p\\w+").size() == 2
                        && said("the clerk has left").size() == gone + 2);
    }

    @Test
    void every_event_is_handled_once_by_a_node_that_has_time_in_a_request_of_its_own() {
        List<String> expected =
                IntStream.range(0, 60).mapToObj(i -> "wanted e" + i + ", use 1").toList();
        for (int i = 0; i < expected.size(); i++) {
            send(i % 2 == 0 ? one() : two(), "studio", "image.wanted", "e" + i);
        }
        await().atMost(PATIENCE).until(() -> said("wanted e\\d+, use \\d+").size() >= expected.size());
        assertThat(said("wanted e\\d+, use \\d+")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void what_fails_or_is_for_nobody_is_told_counted_and_the_next_is_handled() {
        int failed = one().reports("eventsFailed") + two().reports("eventsFailed");
        for (String type : List.of("image.lost", "image.lost", "_image", ".image", "image", "", "toString")) {
            send(one(), "studio", type, "f");
        }
        send(one(), "studio", "image.wanted", "after");
        await().atMost(PATIENCE)
                .until(() -> one().reports("eventsFailed") + two().reports("eventsFailed") == failed + 7
                        && said("wanted after, use 1").size() == 1);
        await().atMost(PATIENCE) // they are counted before they are logged
                .untilAsserted(() -> assertThat(logs()).contains("no ink at ", "Studio.image_lost(Studio.java:"));
        assertThat(logs()).as("no stack trace").doesNotContain("\tat chat.foyer");
    }

    private static String logs() {
        return cluster.one().log() + cluster.two().log();
    }

    @Test
    void what_is_sent_over_a_layer_with_a_name_is_heard_on_that_layer_only() {
        await().atMost(PATIENCE).until(() -> {
            post(one(), "ops/jobs/orders", "whatever", "job"); // the nodes compete for them
            return !said(cluster.two(), "took job").isEmpty();
        });
        send(one(), "orders", "whatever", "usual"); // the same channel of the other layer
        await().atMost(PATIENCE).until(() -> said("ordered usual").size() == 1);
        assertThat(said("ordered job|took usual")).isEmpty();
    }

    @Test
    void y_a_drained_node_takes_no_events() {
        var drained = two().post("ops/drain?seconds=0", "", "Authorization", "Bearer " + Cluster.TOKEN);
        assertThat(drained.statusCode()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            send(two(), "orders", "whatever", "late" + i);
        }
        await().atMost(PATIENCE)
                .until(() -> said(cluster.one(), "ordered late\\d").size() == 10);
        assertThat(said(cluster.two(), "ordered late\\d")).isEmpty();
        cluster.two().stop();
        cluster.two().restart();
        cluster.awaitBus();
    }

    @Test
    void z_one_node_that_hangs_leaves_the_work_to_the_other_and_stops_all_the_same() throws Exception {
        send(one(), "stones", "stone", "endless");
        await().atMost(PATIENCE).until(() -> said("began endless").size() == 1);
        boolean first = !said(cluster.one(), "began endless").isEmpty();
        ServerProcess hanging = first ? cluster.one() : cluster.two();
        ServerProcess other = first ? cluster.two() : cluster.one();
        assertThat(hanging.node().reports("eventsBusy")).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            send(hanging.node(), "stones", "stone", "s" + i);
        }
        await().atMost(PATIENCE).until(() -> said(other, "carved s\\d").size() == 5);

        hanging.process().destroy();
        assertThat(hanging.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.dataDirectory().resolve("interrupted")).exists(); // a Payara that stops logs no more
        assertThat(hanging.log()).as("no stack trace").doesNotContain("\tat chat.foyer");
    }

    @Test
    void wrong_declarations_fail_the_deployment_with_lines_that_name_them() {
        assertRefused(
                List.of(Mistaken.class, Shy.class),
                "Consumer chat.foyer.testing.consumers.Mistaken.count: a handler takes a JsonObject or a class"
                        + " that JSON-B makes of one, not int",
                " receives from channel bread of layer default, too",
                "Consumer chat.foyer.testing.consumers.Mistaken$Hermit.read: CDI calls a bean of this scope through a"
                        + " proxy, and can make none since the class is final",
                "Consumer chat.foyer.testing.consumers.Shy: an EJB is called by its public methods only; make"
                        + " chat.foyer.testing.consumers.Shy.whisper public");
    }

    @Test
    void layers_that_no_setting_names_fail_the_start_with_a_line_that_names_the_setting() {
        assertRefused(
                List.of(Elsewhere.class),
                "Foyer cannot start. foyer.channel.layers: ",
                "add drafts=redis, jobs=redis,");
    }

    /** That the server refuses the WAR with these classes and logs this. */
    private static void assertRefused(List<Class<?>> added, String... lines) {
        Unusual war = Unusual.not()
                .withWar(PatchedWar.built().with(added.toArray(Class<?>[]::new)).war());
        try (ServerProcess server = ServerProcess.launch(Kind.current(), Map.of(), war)) {
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(server.log()).contains(lines));
        }
    }
}
