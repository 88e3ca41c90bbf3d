package chat.foyer.bench;

import java.util.Map;

/** A load whose messages did not all come once and in order. */
final class LossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, Double> figures;

    LossException(String tally, Map<String, Double> figures) {
        super(tally);
        this.figures = figures;
    }

    /** What was measured all the same. */
    Map<String, Double> figures() {
        return figures;
    }
}
