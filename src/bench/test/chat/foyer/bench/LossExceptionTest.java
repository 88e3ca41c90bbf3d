package chat.foyer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LossExceptionTest {

    @Test
    void what_did_not_come_is_told_from_what_came_wrongly() {
        assertThat(loss(0, 0, 0).isOnlyMissing()).isTrue();
        assertThat(loss(1, 0, 0).isOnlyMissing()).isFalse();
        assertThat(loss(0, 1, 0).isOnlyMissing()).isFalse();
        assertThat(loss(0, 0, 1).isOnlyMissing()).isFalse();
    }

    private static LossException loss(double duplicates, double outOfOrder, double unexpected) {
        return new LossException(
                "3 missing",
                Map.of(
                        Figure.MISSING,
                        3.0,
                        Figure.DUPLICATES,
                        duplicates,
                        Figure.OUT_OF_ORDER,
                        outOfOrder,
                        Figure.UNEXPECTED,
                        unexpected));
    }
}
