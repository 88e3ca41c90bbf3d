package chat.foyer.bench;

import java.util.Map;
import java.util.stream.Stream;

/** A load whose messages did not all come once and in order. */
final class LossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, Double> figures;

    LossException(String tally, Map<String, Double> figures) {
        super(tally);
        this.figures = figures;
    }

    /** Whether nothing is wrong but that something did not come. */
    boolean isOnlyMissing() {
        return Stream.of(Figure.DUPLICATES, Figure.OUT_OF_ORDER, Figure.UNEXPECTED)
                .allMatch(figure -> figures.get(figure) == 0);
    }

    /** What was measured all the same. */
    Map<String, Double> figures() {
        return figures;
    }
}
