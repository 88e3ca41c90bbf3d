package chat.foyer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SoakTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Test
    void what_a_heap_gains_while_it_settles_is_no_climbing() {
        Map<Double, Double> heap = new TreeMap<>(Map.of(0.5, 60.0, 3.0, 90.0, 7.0, 100.0, 20.0, 100.0, 30.0, 100.0));

        assertThat(Soak.climbing(heap, HALF_AN_HOUR)).isEqualTo(0, within(1e-9));
    }

    @Test
    void what_it_gains_afterwards_is() {
        Map<Double, Double> heap = new TreeMap<>(Map.of(1.0, 500.0, 10.0, 100.0, 20.0, 105.0, 30.0, 110.0));

        assertThat(Soak.climbing(heap, HALF_AN_HOUR)).isEqualTo(0.5, within(1e-9));
    }
}
