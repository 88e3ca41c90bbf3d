package chat.foyer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void percentiles_are_those_of_the_sorted_values_within_two_percent() {
        Random random = new Random(42);
        long[] values = new long[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 25); // 1 ns to 72 s
            histogram.add(values[i]);
        }
        Arrays.sort(values);

        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            double exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat((double) histogram.percentile(share)).isCloseTo(exact, Percentage.withPercentage(2));
        }
    }

    @Test
    void small_values_are_exact() {
        for (int i = 1; i <= 50; i++) {
            histogram.add(i);
        }

        assertThat(histogram.percentile(0.5)).isEqualTo(25);
        assertThat(histogram.percentile(0.99)).isEqualTo(50);
    }

    @Test
    void one_slow_one_in_a_hundred_does_not_move_the_middle_but_the_end() {
        for (int i = 0; i < 98; i++) {
            histogram.add(1_000_000);
        }
        histogram.add(900_000_000);
        histogram.add(900_000_000);

        assertThat((double) histogram.percentile(0.5)).isCloseTo(1e6, within(2e4));
        assertThat((double) histogram.percentile(0.99)).isCloseTo(9e8, within(2e7));
    }

    @Test
    void every_value_lies_in_its_bucket() {
        for (long value = 1; value > 0 && value < Long.MAX_VALUE / 3; value = value * 3 + 1) {
            int bucket = Histogram.bucket(value);
            assertThat(Histogram.upperBound(bucket)).isGreaterThanOrEqualTo(value);
            assertThat(Histogram.upperBound(bucket - 1)).isLessThan(value);
        }
    }

    @Test
    void cleared_it_knows_nothing() {
        histogram.add(5);
        histogram.clear();

        assertThat(histogram.total()).isZero();
        assertThat(histogram.percentile(0.5)).isZero();
    }
}
