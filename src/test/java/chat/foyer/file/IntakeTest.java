package chat.foyer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How slowly a file may come in. */
class IntakeTest {
    @Test
    void who_only_trickles_is_sent_away_after_a_while() {
        assertThat(Intake.isTooSlow(1, Duration.ofSeconds(59))).isFalse();
        assertThat(Intake.isTooSlow(1, Duration.ofSeconds(61))).isTrue();
        assertThat(Intake.isTooSlow(52_428_800, Duration.ofMinutes(50))).isFalse();
        assertThat(Intake.isTooSlow(52_428_800, Duration.ofHours(1))).isTrue();
    }
}
