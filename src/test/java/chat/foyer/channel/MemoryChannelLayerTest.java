package chat.foyer.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

class MemoryChannelLayerTest extends ChannelLayerContract {
    @Override
    protected ChannelLayer open(String node, LayerOptions options) {
        return new MemoryChannelLayer(node, options);
    }

    @Override
    protected boolean spansNodes() {
        return false;
    }

    @Test
    void a_channel_of_another_process_cannot_be_reached() {
        try (ChannelLayer layer = open("node", LayerOptions.USUAL)) {
            assertThatThrownBy(() -> layer.send("specific.other!abc", JsonObject.EMPTY_JSON_OBJECT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("foyer.bus");
        }
    }

    @Test
    void what_nobody_uses_is_forgotten() {
        LocalChannels local = new LocalChannels("node", LayerOptions.USUAL);
        String channel = local.newChannel("specific");
        local.offer(channel, JsonObject.EMPTY_JSON_OBJECT);
        local.tidy();
        assertThat(local.receive(channel)).isCompletedWithValue(JsonObject.EMPTY_JSON_OBJECT);
        local.tidy();
        assertThat(local.mailboxes()).isZero();
        assertThat(local.receive(channel)).isNotDone();
        local.tidy();
        assertThat(local.mailboxes()).isOne();
    }
}
