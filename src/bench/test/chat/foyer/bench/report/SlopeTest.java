package chat.foyer.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SlopeTest {

    @Test
    void a_cost_that_does_not_change_multiplies_by_one() {
        assertThat(perDecade(Map.of(10.0, 3.0, 100.0, 3.0, 1000.0, 3.0))).isEqualTo(1, within(1e-9));
    }

    @Test
    void a_cost_that_grows_with_the_size_multiplies_by_ten() {
        assertThat(perDecade(Map.of(10.0, 0.5, 10_000.0, 500.0))).isEqualTo(10, within(1e-9));
    }

    @Test
    void sizes_need_not_be_evenly_apart() {
        assertThat(perDecade(Map.of(1.0, 8.0, 2.0, 4.0, 1000.0, 0.008))).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void the_line_goes_between_points_that_are_on_none() {
        assertThat(perDecade(Map.of(10.0, 1.0, 100.0, 1.5, 1000.0, 1.0))).isEqualTo(1, within(1e-9));
    }

    private static double perDecade(Map<Double, Double> costs) {
        return Slope.perDecade(costs);
    }
}
