package chat.foyer.bench.report;

import java.util.List;

/** The middle and the ends of what the rounds brought. */
public record Spread(double median, double least, double most, int rounds) {

    /** @param values at least one, in any order */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(size - 1), size);
    }

    Spread times(double factor) {
        return new Spread(median * factor, least * factor, most * factor, rounds);
    }

    boolean overlaps(Spread other) {
        return least <= other.most && other.least <= most;
    }
}
