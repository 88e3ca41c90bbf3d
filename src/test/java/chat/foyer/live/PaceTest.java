package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.TestConfiguration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PaceTest {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Pace pace(String rate, String burst) {
        return new Pace(TestConfiguration.of(Map.of("foyer.limits.rate", rate, "foyer.limits.burst", burst)), timer);
    }

    @Test
    void a_burst_passes_and_then_a_wait_is_due() {
        Pace pace = pace("1", "3");
        for (int i = 0; i < 3; i++) {
            assertThat(pace.takeTokenOrWaitMillis()).isZero();
        }
        assertThat(pace.takeTokenOrWaitMillis()).isBetween(1L, 1001L);
    }

    @Test
    void a_limit_that_is_off_never_waits() {
        Pace pace = pace("off", "1");
        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.takeTokenOrWaitMillis()).isZero();
        }
    }

    @Test
    void what_is_too_fast_waits_in_line_and_keeps_its_order() {
        Pace pace = pace("200", "5");
        List<Integer> said = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 60; i++) {
            int number = i;
            assertThat(pace.whenAllowed(10, () -> said.add(number))).isTrue();
        }
        assertThat(said).hasSizeLessThan(60);
        await().until(() -> said.size() == 60);
        assertThat(said)
                .containsExactlyElementsOf(IntStream.range(0, 60).boxed().toList());
    }

    @Test
    void the_line_is_bounded() {
        Pace pace = pace("1", "1");
        int chars = Pace.WAITING_CHARS / 4;
        List<Boolean> admitted = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            admitted.add(pace.whenAllowed(chars, () -> {}));
        }
        assertThat(admitted).containsExactly(true, true, true, true, true, false);
    }

    @Test
    void the_line_is_bounded_for_empty_messages_too() {
        Pace pace = pace("1", "1");
        for (int i = 0; i <= Pace.WAITING_MESSAGES; i++) {
            assertThat(pace.whenAllowed(0, () -> {})).isTrue();
        }
        assertThat(pace.whenAllowed(0, () -> {})).isFalse();
    }

    @Test
    void nobody_speaks_after_the_end() {
        Pace pace = pace("1000", "1");
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        pace.whenAllowed(1, () -> said.add("before"));
        pace.stop();
        pace.whenAllowed(1, () -> said.add("after"));
        assertThat(said).containsExactly("before");
    }
}
