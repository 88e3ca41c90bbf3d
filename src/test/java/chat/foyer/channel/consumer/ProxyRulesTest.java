package chat.foyer.channel.consumer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.testing.consumers.Builds;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which consumers would be deployed and never called. */
class ProxyRulesTest {

    static class Fine {
        protected Fine() {}

        Fine(String name) {}

        @Consumer("a")
        void on(JsonObject event) {}

        private final void hidden() {}

        static final void shared() {}
    }

    static final class Final {
        @Consumer("a")
        void on(JsonObject event) {}
    }

    static class Made {
        Made(String name) {}

        @Consumer("a")
        void on(JsonObject event) {}
    }

    static class Closed {
        private Closed() {}

        @Consumer("a")
        void on(JsonObject event) {}
    }

    static class Fixed {
        @Consumer("a")
        void on(JsonObject event) {}

        final void off() {}
    }

    static class FixedAbove extends Fixed {}

    /** Its handler is visible in the package of its own class only. */
    static class Inherited extends Builds {}

    static class Public {
        @Consumer("a")
        public void on(JsonObject event) {}
    }

    private static Declaration declared(Class<?> type) {
        return Declaration.of(type).get(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {Final.class, Made.class, Closed.class, Fixed.class, FixedAbove.class, Inherited.class})
    void a_bean_that_its_proxy_would_hide_is_refused_in_one_sentence(Class<?> type) {
        assertThatThrownBy(() -> ProxyRules.requireProxyable(type, declared(type)))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("Consumer chat.foyer.")
                .hasMessageContaining("through a proxy")
                .hasMessageNotContaining("\n");
    }

    @Test
    void others_are_not() {
        assertThatCode(() -> ProxyRules.requireProxyable(Fine.class, declared(Fine.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void handlers_of_an_ejb_are_public() {
        ProxyRules.requirePublic(declared(Public.class));
        assertThatThrownBy(() -> ProxyRules.requirePublic(declared(Fine.class)))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(
                        "Consumer " + Fine.class.getName() + ".on: an EJB is called by its public methods only; make "
                                + Fine.class.getName() + ".on public");
    }
}
