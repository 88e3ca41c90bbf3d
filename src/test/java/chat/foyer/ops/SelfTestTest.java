package chat.foyer.ops;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LayerUnavailableException;
import chat.foyer.channel.MemoryChannelLayer;
import jakarta.json.Json;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the greeting proves where the bus has three hosts. */
class SelfTestTest {
    private static final List<String> CHANNELS = List.of("test_channel.2", "test_channel", "test_channel.1");

    private final ChannelLayer layer = new MemoryChannelLayer("node", LayerOptions.USUAL);
    private final SelfTest test = new SelfTest();
    private final Set<String> away = new HashSet<>(); // channels whose host takes nothing

    @BeforeEach
    void begin() {
        InvocationHandler threeHosts = (proxy, method, arguments) -> {
            if (method.getName().equals("onEachHost")) {
                return CHANNELS;
            }
            return method.getName().equals("send") && away.contains(arguments[0])
                    ? CompletableFuture.failedFuture(new LayerUnavailableException("it is away"))
                    : method.invoke(layer, arguments);
        };
        test.layer = (ChannelLayer) Proxy.newProxyInstance(
                ChannelLayer.class.getClassLoader(), new Class<?>[] {ChannelLayer.class}, threeHosts);
    }

    @AfterEach
    void end() {
        layer.close();
    }

    private SelfTest.Result run() {
        return test.run().join();
    }

    private boolean somebodyWaits(String channel) {
        layer.send(channel, Json.createObjectBuilder().add("type", "test").build());
        return !layer.receive(channel).isDone();
    }

    @Test
    void it_passes_when_all_hosts_give_it_back() {
        assertThat(run().passed()).isTrue();
        assertThat(run().detail()).isEqualTo("passed");
    }

    @Test
    void it_names_each_host_that_does_not_and_leaves_nobody_waiting() {
        away.addAll(List.of("test_channel", "test_channel.1"));
        SelfTest.Result result = run();
        assertThat(result.passed()).isFalse();
        assertThat(result.detail()).matches("test_channel: .*it is away.*; test_channel\\.1: .*it is away.*");
        assertThat(CHANNELS).noneMatch(this::somebodyWaits);
    }

    @Test
    void what_somebody_else_has_sent_there_is_no_greeting() {
        layer.send(
                "test_channel.1",
                Json.createObjectBuilder().add("type", "order").build());
        assertThat(run().detail()).startsWith("test_channel.1: something else came back");
    }
}
