package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Sample;
import java.util.List;
import java.util.Optional;

/** Everything that was measured, to be asked for the spread of one figure. */
final class Measured {
    private final List<Sample> samples;

    Measured(List<Results> results) {
        samples = results.stream().flatMap(result -> result.samples().stream()).toList();
    }

    List<Sample> samples() {
        return samples;
    }

    /** Over the rounds that count. */
    Optional<Spread> spread(String scenario, Contender contender, String wire, String figure) {
        List<Double> values = samples.stream()
                .filter(sample -> sample.scenario().equals(scenario)
                        && sample.contender() == contender
                        && sample.wire().equals(wire)
                        && sample.fault().isEmpty()
                        && sample.figures().containsKey(figure))
                .map(sample -> sample.figures().get(figure))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    boolean hasFault(String scenario, Contender contender, String wire) {
        return samples.stream()
                .anyMatch(sample -> sample.scenario().equals(scenario)
                        && sample.contender() == contender
                        && sample.wire().equals(wire)
                        && !sample.fault().isEmpty());
    }
}
