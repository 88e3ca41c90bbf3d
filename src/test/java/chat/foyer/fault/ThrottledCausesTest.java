package chat.foyer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.LogLines;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ThrottledCausesTest {
    private static final String NAME = "chat.foyer.test.causes";

    private final ThrottledCauses causes = new ThrottledCauses(LoggerFactory.getLogger(NAME), 3_600, 2);

    private boolean tell(String cause) {
        return causes.warn(cause, "{}", cause);
    }

    @Test
    void each_cause_is_told_once_and_those_beyond_the_limit_share_a_line() {
        try (LogLines log = new LogLines(NAME)) {
            assertThat(tell("fire")).isTrue();
            assertThat(tell("water")).isTrue();
            assertThat(tell("fire")).isFalse();
            assertThat(tell("frost")).isTrue();
            assertThat(tell("hail")).isFalse();
            assertThat(tell("water")).isFalse();
            assertThat(log.all()).containsExactly("fire", "water", "frost");
        }
    }
}
