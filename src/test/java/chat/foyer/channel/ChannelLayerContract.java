package chat.foyer.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.foyer.config.Capacities;
import chat.foyer.config.Capacities.Rule;
import chat.foyer.testing.LogLines;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every channel layer promises ({@code docs/channel-layer.md}), a test a promise. Whoever writes a layer extends this
 * class; its tests run one after the other, each with an empty bus.
 */
public abstract class ChannelLayerContract {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final LayerOptions SHORT_LIVED = LayerOptions.USUAL.withExpiry(Duration.ofSeconds(1));

    private final List<ChannelLayer> opened = new ArrayList<>();
    private ChannelLayer layer;

    /** Opens a layer; all that are opened during a test are of one bus, where the bus reaches other processes. */
    protected abstract ChannelLayer open(String node, LayerOptions options);

    /** Whether layers of several processes see each other. */
    protected abstract boolean spansNodes();

    private ChannelLayer node(String name, LayerOptions options) {
        ChannelLayer another = open(name, options);
        opened.add(another);
        await().atMost(SOON).until(() -> another.status().connected());
        return another;
    }

    /** A second process, or the only one where no other can be reached. */
    private ChannelLayer other() {
        return spansNodes() ? node("other", LayerOptions.USUAL) : layer;
    }

    private void use(LayerOptions options) {
        layer = node("configured", options);
    }

    @BeforeEach
    void openOne() {
        layer = node("one", LayerOptions.USUAL);
    }

    @AfterEach
    void closeAll() {
        opened.forEach(ChannelLayer::close);
    }

    private static JsonObject event(int number) {
        return Json.createObjectBuilder()
                .add("type", "test.message")
                .add("number", number)
                .build();
    }

    private static void done(CompletionStage<Void> stage) {
        stage.toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Throwable failure(CompletionStage<Void> stage) {
        Throwable thrown = catchThrowable(() -> done(stage));
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    private static JsonObject next(ChannelLayer from, String channel) {
        return from.blocking()
                .receive(channel, SOON)
                .orElseThrow(() -> new AssertionError("nothing came on " + channel));
    }

    private static void nothing(ChannelLayer from, String channel) {
        assertThat(from.blocking().receive(channel, A_MOMENT)).isEmpty();
    }

    /**
     * Waits until what was sent to groups has come to every member of this process: one member has it before another does.
     * What comes by the same host comes in order, and of so many groups each host has some.
     */
    private void awaitWhatGroupsWereSent() {
        String marker = layer.newChannel();
        for (int i = 0; i < 10; i++) {
            done(layer.groupAdd("marker-" + i, marker));
            done(layer.groupSend("marker-" + i, event(i)));
            assertThat(next(layer, marker)).isEqualTo(event(i));
        }
    }

    // ---- send and receive

    @Test
    void what_is_sent_is_received() {
        JsonObject event = Json.createObjectBuilder()
                .add("type", "test.message")
                .add("text", "Žluťoučký 😀 \" \\ \n")
                .add("whole", Long.MAX_VALUE)
                .add("broken", 0.1)
                .add("yes", true)
                .addNull("nothing")
                .add("list", Json.createArrayBuilder().add(1).add("two"))
                .add("object", Json.createObjectBuilder().add("a", Json.createObjectBuilder()))
                .build();
        done(layer.send("channel-1", event));
        assertThat(next(layer, "channel-1")).isEqualTo(event);
    }

    @Test
    void any_process_receives_what_another_sent() {
        ChannelLayer other = other();
        done(other.send("channel-1", event(1)));
        assertThat(next(layer, "channel-1")).isEqualTo(event(1));
        CompletableFuture<JsonObject> waiting = layer.receive("channel-2");
        done(other.send("channel-2", event(2)));
        assertThat(waiting).succeedsWithin(SOON).isEqualTo(event(2));
    }

    @Test
    void an_event_goes_to_one_of_several_receivers() {
        ChannelLayer other = other();
        List<CompletableFuture<JsonObject>> waiting = List.of(layer.receive("jobs"), other.receive("jobs"));
        done(layer.send("jobs", event(1)));
        await().atMost(SOON).until(() -> waiting.stream().anyMatch(CompletableFuture::isDone));
        nothing(layer, "jobs-of-nobody"); // time for a second one to be served by mistake
        assertThat(waiting.stream().filter(CompletableFuture::isDone)).hasSize(1);
        done(layer.send("jobs", event(2)));
        await().atMost(SOON).until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
        assertThat(waiting.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(event(1), event(2));
    }

    @Test
    void two_waiting_receivers_of_one_process_are_both_served() {
        CompletableFuture<JsonObject> first = layer.receive("channel-1");
        CompletableFuture<JsonObject> second = layer.receive("channel-1");
        done(layer.send("channel-1", event(1)));
        done(layer.send("channel-1", event(2)));
        assertThat(first).succeedsWithin(SOON);
        assertThat(second).succeedsWithin(SOON);
        assertThat(List.of(first.join(), second.join())).containsExactlyInAnyOrder(event(1), event(2));
    }

    @Test
    void events_keep_their_order() {
        for (int i = 1; i <= 100; i++) {
            layer.send("channel-1", event(i));
        }
        for (int i = 1; i <= 100; i++) {
            assertThat(next(layer, "channel-1")).isEqualTo(event(i));
        }
    }

    @Test
    void a_busy_channel_does_not_starve_a_quiet_one() {
        for (int i = 0; i < 90; i++) {
            done(layer.send("busy", event(i)));
        }
        keepReceiving("busy");
        done(layer.send("quiet", event(1)));
        assertThat(next(layer, "quiet")).isEqualTo(event(1));
    }

    private void keepReceiving(String channel) {
        layer.receive(channel).thenAcceptAsync(event -> {
            layer.send(channel, event); // so it never runs dry
            keepReceiving(channel);
        });
    }

    @Test
    void a_cancelled_receive_loses_nothing() {
        ChannelLayer other = other();
        for (int i = 1; i <= 20; i++) {
            CompletableFuture<JsonObject> givenUp = layer.receive("channel-1");
            CompletionStage<Void> sent = other.send("channel-1", event(i));
            boolean cancelled = givenUp.cancel(false); // before, while or after it arrives
            done(sent);
            JsonObject received = cancelled ? next(other, "channel-1") : givenUp.join();
            assertThat(received).isEqualTo(event(i));
        }
    }

    @Test
    void a_receive_that_times_out_loses_nothing() {
        nothing(layer, "channel-1");
        done(layer.send("channel-1", event(1)));
        assertThat(next(layer, "channel-1")).isEqualTo(event(1));
    }

    // ---- channels of one process

    @Test
    void a_channel_of_a_process_is_reached_from_another() {
        ChannelLayer other = other();
        String channel = layer.newChannel();
        String second = layer.newChannel();
        done(other.send(second, event(2)));
        done(other.send(channel, event(1)));
        assertThat(next(layer, channel)).isEqualTo(event(1));
        assertThat(next(layer, second)).isEqualTo(event(2));
    }

    @Test
    void a_channel_of_a_process_is_received_there_only() {
        assertThatThrownBy(() -> layer.receive("specific.stranger!abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stranger");
    }

    @Test
    void new_channels_are_unique_and_named_after_their_process() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            names.add(layer.newChannel());
        }
        assertThat(names)
                .hasSize(1_000)
                .allMatch(Pattern.compile("specific\\.one![0-9a-f]{16}").asMatchPredicate());
        assertThat(layer.newChannel("upload")).startsWith("upload.one!");
        assertThatThrownBy(() -> layer.newChannel("a!b")).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- names and events

    @ParameterizedTest
    @ValueSource(
            strings = {
                "¯\\_(ツ)_/¯",
                "",
                "name\n",
                "١٢٣",
                "=+135!",
                "a b",
                "a!",
                "!a",
                "a!b!c",
                "chat/lobby",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void a_bad_name_is_refused_at_once(String name) {
        String channel = layer.newChannel();
        assertThatThrownBy(() -> layer.send(name, event(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layer.receive(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layer.groupAdd(name, channel)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layer.groupAdd("group", name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layer.groupDiscard(name, channel)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layer.groupSend(name, event(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exactly_100_characters_are_a_name() {
        String name = "a".repeat(100);
        done(layer.send(name, event(1)));
        assertThat(next(layer, name)).isEqualTo(event(1));
        String channel = layer.newChannel();
        done(layer.groupAdd(name, channel));
        done(layer.groupSend(name, event(2)));
        assertThat(next(layer, channel)).isEqualTo(event(2));
    }

    @Test
    void an_event_has_a_mebibyte_and_no_more() {
        JsonObject largest = textOf(ChannelLayer.MAX_EVENT_BYTES);
        done(layer.send("channel-1", largest));
        assertThat(next(layer, "channel-1")).isEqualTo(largest);
        JsonObject larger = textOf(ChannelLayer.MAX_EVENT_BYTES + 1);
        assertThatThrownBy(() -> layer.send("channel-1", larger)).isInstanceOf(EventTooLargeException.class);
        assertThatThrownBy(() -> layer.groupSend("group", larger)).isInstanceOf(EventTooLargeException.class);
        JsonObject wide = event("text", "ž".repeat(ChannelLayer.MAX_EVENT_BYTES * 2 / 3));
        assertThatThrownBy(() -> layer.send("channel-1", wide)).isInstanceOf(EventTooLargeException.class);
    }

    private static JsonObject textOf(int bytes) {
        int rest = event("text", "").toString().length();
        return event("text", "x".repeat(bytes - rest));
    }

    private static JsonObject event(String name, String value) {
        return Json.createObjectBuilder().add("type", "test").add(name, value).build();
    }

    @Test
    void an_event_that_is_nested_too_deep_is_refused() {
        JsonObjectBuilder deep = Json.createObjectBuilder();
        for (int i = 0; i < 5_000; i++) {
            deep = Json.createObjectBuilder().add("in", deep);
        }
        JsonObject event = deep.build();
        assertThatThrownBy(() -> layer.send("channel-1", event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deep");
    }

    // ---- capacity

    @Test
    void a_channel_at_capacity_takes_no_more_until_somebody_receives() {
        for (int i = 1; i <= 100; i++) {
            done(layer.send("channel-1", event(i)));
        }
        assertThat(failure(layer.send("channel-1", event(101))))
                .isInstanceOf(ChannelFullException.class)
                .hasMessageContaining("channel-1");
        done(layer.send("channel-2", event(1)));
        assertThat(next(layer, "channel-1")).isEqualTo(event(1));
        done(layer.send("channel-1", event(102)));
    }

    @Test
    void the_first_rule_that_matches_decides_the_capacity() {
        use(LayerOptions.USUAL.withCapacities(new Capacities(
                3, List.of(new Rule(Pattern.compile("many.*"), 5), new Rule(Pattern.compile("m.*"), 1)))));
        assertThat(taken("many-1")).isEqualTo(5);
        assertThat(taken("moderate")).isEqualTo(1);
        assertThat(taken("else")).isEqualTo(3);
    }

    private int taken(String channel) {
        int taken = 0;
        while (failure(layer.send(channel, event(taken))) == null) {
            taken++;
        }
        return taken;
    }

    @Test
    void ten_thousand_sends_leave_as_many_as_there_is_room_for() {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            sent.add(layer.send("channel-1", event(i)).toCompletableFuture());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> sent.stream().allMatch(CompletableFuture::isDone));
        assertThat(sent.stream().filter(one -> !one.isCompletedExceptionally())).hasSize(100);
        assertThat(next(layer, "channel-1")).isEqualTo(event(0));
    }

    // ---- expiry

    @Test
    void the_earliest_event_expires() {
        use(SHORT_LIVED);
        done(layer.send("channel-1", event(1)));
        await().pollDelay(Duration.ofMillis(1_300)).until(() -> true); // what is waited for is that time passes
        done(layer.send("channel-1", event(2)));
        assertThat(next(layer, "channel-1")).isEqualTo(event(2));
        nothing(layer, "channel-1");
    }

    @Test
    void what_has_expired_takes_no_room() {
        use(SHORT_LIVED.withCapacities(new Capacities(1, List.of())));
        done(layer.send("channel-1", event(1)));
        await().atMost(SOON).until(() -> failure(layer.send("channel-1", event(2))) == null);
        assertThat(next(layer, "channel-1")).isEqualTo(event(2));
    }

    @Test
    void an_event_expires_for_the_member_that_does_not_receive_and_for_no_other() {
        use(SHORT_LIVED);
        String quick = layer.newChannel();
        String slow = layer.newChannel();
        done(layer.groupAdd("group", quick));
        done(layer.groupAdd("group", slow));
        done(layer.groupSend("group", event(1)));
        assertThat(next(layer, quick)).isEqualTo(event(1));
        await().pollDelay(Duration.ofMillis(1_300)).until(() -> true); // as above
        nothing(layer, slow);
        done(layer.groupSend("group", event(2)));
        assertThat(next(layer, quick)).isEqualTo(event(2));
        assertThat(next(layer, slow)).isEqualTo(event(2));
    }

    // ---- groups

    @Test
    void a_group_reaches_its_members_and_nobody_else() {
        String first = layer.newChannel();
        String second = layer.newChannel();
        String gone = layer.newChannel();
        done(layer.groupAdd("group", first));
        done(layer.groupAdd("group", second));
        done(layer.groupAdd("group", gone));
        done(layer.groupDiscard("group", gone));
        done(layer.groupSend("group", event(1)));
        assertThat(next(layer, first)).isEqualTo(event(1));
        assertThat(next(layer, second)).isEqualTo(event(1));
        nothing(layer, gone);
    }

    @Test
    void a_group_reaches_members_of_other_processes() {
        ChannelLayer other = other();
        String here = layer.newChannel();
        String there = other.newChannel();
        done(layer.groupAdd("group", here));
        done(other.groupAdd("group", there));
        done(layer.groupSend("group", event(1)));
        assertThat(next(layer, here)).isEqualTo(event(1));
        assertThat(next(other, there)).isEqualTo(event(1));
    }

    @Test
    void a_shared_channel_is_a_member_once_whoever_adds_it() {
        ChannelLayer other = other();
        done(layer.groupAdd("group", "jobs"));
        done(other.groupAdd("group", "jobs"));
        done(layer.groupSend("group", event(1)));
        assertThat(next(other, "jobs")).isEqualTo(event(1));
        nothing(layer, "jobs");
        done(other.groupDiscard("group", "jobs"));
        done(layer.groupSend("group", event(2)));
        nothing(layer, "jobs");
    }

    @Test
    void a_channel_of_a_process_is_a_member_once_although_another_added_it_too() {
        ChannelLayer other = other();
        String before = layer.newChannel();
        done(layer.groupAdd("group", before));
        done(other.groupAdd("group", before));
        done(other.groupSend("group", event(1)));
        assertThat(next(layer, before)).isEqualTo(event(1));
        nothing(layer, before);
        String after = layer.newChannel();
        done(other.groupAdd("other-group", after));
        done(layer.groupAdd("other-group", after));
        done(layer.groupSend("other-group", event(2)));
        assertThat(next(layer, after)).isEqualTo(event(2));
        nothing(layer, after);
    }

    @Test
    void a_process_takes_its_channel_out_of_a_group_whoever_added_it() {
        ChannelLayer other = other();
        String channel = layer.newChannel();
        done(other.groupAdd("group", channel));
        done(other.groupSend("group", event(1)));
        assertThat(next(layer, channel)).isEqualTo(event(1));
        done(layer.groupDiscard("group", channel));
        done(other.groupSend("group", event(2)));
        nothing(layer, channel);
        done(layer.groupAdd("group", channel));
        done(other.groupAdd("group", channel));
        done(layer.groupDiscard("group", channel));
        done(layer.groupSend("group", event(3)));
        nothing(layer, channel);
    }

    @Test
    void groups_with_a_common_beginning_are_different_groups() {
        String shorter = layer.newChannel();
        String longer = layer.newChannel();
        done(layer.groupAdd("group", shorter));
        done(layer.groupAdd("group_1", longer));
        done(layer.groupSend("group_1", event(1)));
        assertThat(next(layer, longer)).isEqualTo(event(1));
        nothing(layer, shorter);
    }

    @Test
    void adding_twice_is_adding_once() {
        String channel = layer.newChannel();
        done(layer.groupAdd("group", channel));
        done(layer.groupAdd("group", channel));
        done(layer.groupSend("group", event(1)));
        assertThat(next(layer, channel)).isEqualTo(event(1));
        nothing(layer, channel);
        done(layer.groupDiscard("group", channel));
        done(layer.groupSend("group", event(2)));
        nothing(layer, channel);
    }

    @Test
    void discarding_before_adding_does_nothing() {
        String channel = layer.newChannel();
        done(layer.groupDiscard("group", channel));
        done(layer.groupAdd("group", channel));
        done(layer.groupDiscard("group", layer.newChannel()));
        done(layer.groupSend("group", event(1)));
        assertThat(next(layer, channel)).isEqualTo(event(1));
    }

    @Test
    void a_full_member_alone_loses_the_event_and_the_log_says_so() {
        use(LayerOptions.USUAL.withCapacities(new Capacities(1, List.of())));
        String full = layer.newChannel();
        String free = layer.newChannel();
        done(layer.groupAdd("group-of-two", full));
        done(layer.groupAdd("group-of-two", free));
        done(layer.send(full, event(1)));
        try (LogLines lines = new LogLines("chat.foyer.channel")) {
            done(layer.groupSend("group-of-two", event(2)));
            assertThat(next(layer, free)).isEqualTo(event(2));
            awaitWhatGroupsWereSent();
            assertThat(next(layer, full)).isEqualTo(event(1));
            nothing(layer, full);
            await().atMost(SOON)
                    .until(() -> lines.all().contains("1 of 2 channels over capacity in group group-of-two"));
        }
    }

    @Test
    void a_member_lapses_when_nobody_adds_it_again_or_receives() {
        use(LayerOptions.USUAL.withGroupExpiry(Duration.ofSeconds(1)));
        String forgotten = layer.newChannel();
        String heard = layer.newChannel();
        done(layer.groupAdd("group", forgotten));
        done(layer.groupAdd("group", heard));
        CompletableFuture<JsonObject> waiting = layer.receive(heard);
        await().pollDelay(Duration.ofMillis(1_300)).until(() -> true); // as above
        done(layer.groupSend("group", event(1)));
        assertThat(waiting).succeedsWithin(SOON).isEqualTo(event(1));
        awaitWhatGroupsWereSent(); // receiving would renew a membership that is just being looked at
        nothing(layer, forgotten);
        done(layer.groupAdd("group", forgotten));
        done(layer.groupSend("group", event(2)));
        assertThat(next(layer, forgotten)).isEqualTo(event(2));
    }

    // ---- the layer as a whole

    @Test
    void flushing_leaves_no_event_and_no_group() {
        String channel = layer.newChannel();
        done(layer.groupAdd("group", channel));
        done(layer.groupAdd("group", "jobs"));
        done(layer.send(channel, event(1)));
        done(layer.send("jobs", event(1)));
        done(layer.flush());
        done(layer.groupSend("group", event(2)));
        nothing(layer, channel);
        nothing(layer, "jobs");
        done(layer.groupAdd("group", channel)); // it goes on working
        done(layer.groupSend("group", event(3)));
        assertThat(next(layer, channel)).isEqualTo(event(3));
    }

    @Test
    void closing_ends_waiting_receives() {
        CompletableFuture<JsonObject> waiting = layer.receive("channel-1");
        layer.close();
        assertThat(waiting).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(LayerClosedException.class);
        assertThat(layer.receive("channel-1"))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(LayerClosedException.class);
    }

    @Test
    void closing_leaves_to_other_processes_what_nobody_received() {
        if (!spansNodes()) {
            return; // there is nobody to leave anything to
        }
        ChannelLayer other = other();
        for (int i = 1; i <= 20; i++) {
            ChannelLayer closed = node("closed", LayerOptions.USUAL);
            done(other.send("warm", event(0)));
            next(closed, "warm"); // so it listens by now
            CompletableFuture<JsonObject> waiting = closed.receive("jobs");
            CompletionStage<Void> sent = other.send("jobs", event(i));
            closed.close(); // before, while or after it arrives
            done(sent);
            JsonObject received = waiting.isCompletedExceptionally() ? next(other, "jobs") : waiting.join();
            assertThat(received).isEqualTo(event(i));
        }
    }

    @Test
    void a_greeting_comes_back() {
        JsonObject hello = Json.createObjectBuilder().add("type", "hello").build();
        layer.blocking().send("test_channel", hello);
        assertThat(layer.blocking().receive("test_channel", SOON)).contains(hello);
    }

    @Test
    void it_is_known_whether_a_layer_spans_nodes() {
        assertThat(layer.status().spansNodes()).isEqualTo(spansNodes());
    }
}
