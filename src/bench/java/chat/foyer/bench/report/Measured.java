package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Figure;
import chat.foyer.bench.Sample;
import java.util.List;
import java.util.Optional;

/** Everything that was measured, to be asked for the spread of one figure. */
final class Measured {
    private static final double DISTURBING_CORES = 0.2;

    private final List<Sample> samples;

    Measured(List<Results> results) {
        samples = results.stream().flatMap(result -> result.samples().stream()).toList();
    }

    List<Sample> samples() {
        return samples;
    }

    /** Over the rounds that count: those without a fault and, if there are any, undisturbed. */
    Optional<Spread> spread(String scenario, Contender contender, String wire, String figure) {
        List<Sample> counting = samples.stream()
                .filter(sample -> sample.scenario().equals(scenario)
                        && sample.contender() == contender
                        && sample.wire().equals(wire)
                        && sample.fault().isEmpty()
                        && sample.figures().containsKey(figure))
                .toList();
        List<Sample> undisturbed =
                counting.stream().filter(sample -> !isDisturbed(sample)).toList();
        List<Double> values = (undisturbed.isEmpty() ? counting : undisturbed)
                .stream().map(sample -> sample.figures().get(figure)).toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Whether the machine was busy with something else meanwhile. */
    static boolean isDisturbed(Sample sample) {
        return sample.figures().getOrDefault(Figure.OTHER_CORES, 0.0) > DISTURBING_CORES;
    }

    boolean hasFault(String scenario, Contender contender, String wire) {
        return samples.stream()
                .anyMatch(sample -> sample.scenario().equals(scenario)
                        && sample.contender() == contender
                        && sample.wire().equals(wire)
                        && !sample.fault().isEmpty());
    }
}
