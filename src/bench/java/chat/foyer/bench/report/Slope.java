package chat.foyer.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** The straight line that is nearest to all points by least squares. */
public final class Slope {
    private Slope() {}

    /** By how much it rises when x does by one. */
    public static double of(Map<Double, Double> points) {
        double x =
                points.keySet().stream().mapToDouble(value -> value).average().orElseThrow();
        double y =
                points.values().stream().mapToDouble(value -> value).average().orElseThrow();
        double both = 0;
        double square = 0;
        for (Map.Entry<Double, Double> point : points.entrySet()) {
            double fromX = point.getKey() - x;
            both += fromX * (point.getValue() - y);
            square += fromX * fromX;
        }
        return both / square;
    }

    /**
     * By how much a cost multiplies when a size does by ten; 1 when it does not change.
     *
     * @param costs by size; two sizes at least, all above zero
     */
    static double perDecade(Map<Double, Double> costs) {
        Map<Double, Double> logarithms = new LinkedHashMap<>();
        costs.forEach((size, cost) -> logarithms.put(Math.log10(size), Math.log10(cost)));
        return Math.pow(10, of(logarithms));
    }
}
