package chat.foyer.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void the_median_of_an_odd_number_is_the_one_in_the_middle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9, 3));
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
    }

    @Test
    void intervals_overlap_when_they_share_a_value() {
        assertThat(new Spread(2, 1, 3, 3).overlaps(new Spread(4, 3, 5, 3))).isTrue();
        assertThat(new Spread(2, 1, 3, 3).overlaps(new Spread(4, 3.1, 5, 3))).isFalse();
    }
}
