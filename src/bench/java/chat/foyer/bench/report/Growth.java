package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Figure;
import chat.foyer.bench.Sample;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One way to grow, size by size: the scenarios whose names differ in the number at their end only.
 *
 * @param series what grows
 * @param scenarios by size
 */
record Growth(String series, Map<Double, String> scenarios) {
    /** What multiplies by ten may make a delivery this much dearer: as flat as can be told on such a machine. */
    static final double BOUND_PER_DECADE = 1.1;

    private static final Pattern NAME = Pattern.compile("growth-(.+)-(\\d+)");

    /** All that was measured, in the order of their names. */
    static List<Growth> all(Measured measured) {
        Map<String, Map<Double, String>> all = new TreeMap<>();
        for (Sample sample : measured.samples()) {
            Matcher name = NAME.matcher(sample.scenario());
            if (name.matches()) {
                all.computeIfAbsent(name.group(1), series -> new TreeMap<>(Comparator.naturalOrder()))
                        .put(Double.parseDouble(name.group(2)), sample.scenario());
            }
        }
        return all.entrySet().stream()
                .map(entry -> new Growth(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The processor time of a delivery by size, as far as it was measured. */
    Map<Double, Double> costs(Measured measured, Contender contender) {
        Map<Double, Double> costs = new LinkedHashMap<>();
        scenarios.forEach((size, scenario) -> measured.spread(scenario, contender, "RICH", Figure.CPU_MICROS)
                .filter(cost -> cost.median() > 0)
                .ifPresent(cost -> costs.put(size, cost.median())));
        return costs;
    }

    /** By how much it multiplies a decade; empty when fewer than two sizes were measured. */
    OptionalDouble slope(Measured measured, Contender contender) {
        Map<Double, Double> costs = costs(measured, contender);
        return costs.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(Slope.perDecade(costs));
    }

    /** In words: {@code members: ×0.31 a decade on Foyer, Payara}. */
    String told(Measured measured) {
        return Contender.FOYER.stream()
                .filter(contender -> slope(measured, contender).isPresent())
                .map(contender -> "×%.2f a decade on %s"
                        .formatted(slope(measured, contender).getAsDouble(), contender.title()))
                .collect(Collectors.joining(", ", series + ": ", ""));
    }
}
