package chat.foyer.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalChannelsTest {
    private final LocalChannels channels = new LocalChannels("node", LayerOptions.USUAL);

    private static JsonObject event(int number) {
        return Json.createObjectBuilder()
                .add("type", "test")
                .add("number", number)
                .build();
    }

    @Test
    void a_group_reaches_its_members_and_nobody_else() {
        String in = channels.newChannel("specific", 10);
        String out = channels.newChannel("specific", 10);
        channels.add("group", in);
        channels.deliver("group", event(1));
        assertThat(channels.receive(in)).isCompletedWithValue(event(1));
        assertThat(channels.receive(out)).isNotDone();
    }

    @Test
    void adding_twice_is_adding_once_and_discarding_a_stranger_does_nothing() {
        String channel = channels.newChannel("specific", 10);
        channels.discard("group", channel);
        channels.add("group", channel);
        channels.add("group", channel);
        channels.deliver("group", event(1));
        assertThat(channels.receive(channel)).isCompletedWithValue(event(1));
        assertThat(channels.receive(channel)).isNotDone();
        channels.discard("group", channel);
        assertThat(channels.hasMembers("group")).isFalse();
        assertThat(channels.groups()).isEmpty();
    }

    @Test
    void events_keep_their_order_and_the_capacity_holds_for_one_member_alone() {
        String small = channels.newChannel("specific", 2);
        String large = channels.newChannel("specific", 10);
        channels.add("group", small);
        channels.add("group", large);
        for (int i = 1; i <= 3; i++) {
            channels.deliver("group", event(i));
        }
        assertThat(channels.receive(small)).isCompletedWithValue(event(1));
        assertThat(channels.receive(small)).isCompletedWithValue(event(2));
        assertThat(channels.receive(small)).isNotDone();
        assertThat(channels.receive(large)).isCompletedWithValue(event(1));
        assertThat(channels.receive(large)).isCompletedWithValue(event(2));
        assertThat(channels.receive(large)).isCompletedWithValue(event(3));
    }

    @Test
    void two_waiting_receivers_are_both_served_and_a_cancelled_one_loses_nothing() {
        String channel = channels.newChannel("specific", 10);
        channels.add("group", channel);
        CompletableFuture<JsonObject> first = channels.receive(channel);
        CompletableFuture<JsonObject> cancelled = channels.receive(channel);
        CompletableFuture<JsonObject> third = channels.receive(channel);
        cancelled.cancel(false);
        channels.deliver("group", event(1));
        channels.deliver("group", event(2));
        assertThat(first).isCompletedWithValue(event(1));
        assertThat(third).isCompletedWithValue(event(2));
    }

    @Test
    void who_receives_while_an_event_is_on_its_way_is_not_a_member_again_by_that() {
        LocalChannels forgetful = new LocalChannels("node", LayerOptions.USUAL.withGroupExpiry(Duration.ofNanos(1)));
        String heard = forgetful.newChannel("specific");
        List<String> lapsed = Stream.generate(() -> forgetful.newChannel("specific"))
                .limit(20)
                .toList();
        forgetful.add("group", heard);
        lapsed.forEach(channel -> forgetful.add("group", channel));
        List<CompletableFuture<JsonObject>> late = new ArrayList<>();
        CompletableFuture<Void> heardIt =
                forgetful.receive(heard).thenRun(() -> lapsed.forEach(channel -> late.add(forgetful.receive(channel))));
        forgetful.deliver("group", event(1));
        assertThat(heardIt).isCompleted();
        assertThat(late).hasSize(20).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void closing_ends_waiting_receives() {
        String channel = channels.newChannel("specific", 10);
        CompletableFuture<JsonObject> waiting = channels.receive(channel);
        channels.close();
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void a_channel_is_named_after_its_node() {
        assertThat(channels.newChannel("specific", 1)).matches("specific\\.node![0-9a-f]{16}");
        assertThatThrownBy(() -> channels.receive("specific.other!abc"))
                .hasMessageContaining("belongs to the process other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "¯\\_(ツ)_/¯", "=+135!", "a b", "name\n", "١٢٣", "a!b", "a/b"})
    void a_bad_group_name_is_refused(String name) {
        assertThatThrownBy(() -> ChannelNames.requireGroup(name)).hasMessageContaining("1 to 100");
    }

    @Test
    void exactly_100_characters_are_a_name() {
        assertThat(ChannelNames.requireGroup("a".repeat(100))).hasSize(100);
        assertThatThrownBy(() -> ChannelNames.requireGroup("a".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ChannelNames.requireChannel("a".repeat(50) + "!" + "b".repeat(49)))
                .hasSize(100);
        assertThatThrownBy(() -> ChannelNames.requireChannel("a!b!c")).isInstanceOf(IllegalArgumentException.class);
    }
}
