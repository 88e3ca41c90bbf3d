package chat.foyer.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Figure;
import chat.foyer.bench.Sample;
import chat.foyer.bench.report.Budget.Subject;
import chat.foyer.bench.report.Budget.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final String SCENARIO = "room";
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void a_bound_is_met_by_the_median() {
        measured(Contender.PAYARA, 10, 30, 31);

        assertThat(verdict(absolute(30, true))).isEqualTo(Verdict.MET);
        assertThat(verdict(absolute(30.5, true))).isEqualTo(Verdict.MISSED);
        assertThat(verdict(absolute(30, false))).isEqualTo(Verdict.MET);
    }

    @Test
    void a_relative_bound_is_a_multiple_of_the_median_of_the_other() {
        measured(Contender.PAYARA, 300, 310, 320);
        measured(Contender.WS, 90, 100, 110);

        assertThat(verdict(relative(3))).isEqualTo(Verdict.MET);
        assertThat(verdict(relative(3.2))).isEqualTo(Verdict.MISSED);
    }

    @Test
    void a_close_bound_needs_five_rounds_to_be_met_by_overlap() {
        measured(Contender.PAYARA, 95, 96, 105);
        measured(Contender.WS, 97, 100, 103);
        assertThat(verdict(relative(1))).isEqualTo(Verdict.UNPROVEN);

        measured(Contender.PAYARA, 95, 97);
        assertThat(verdict(relative(1))).isEqualTo(Verdict.MET_WITHIN_SPREAD);
    }

    @Test
    void a_single_loss_spoils_the_row() {
        measured(Contender.PAYARA, 50, 50, 50);
        samples.add(new Sample(SCENARIO, Contender.PAYARA, "RICH", 4, Map.of(), "one missing"));

        assertThat(verdict(absolute(10, true))).isEqualTo(Verdict.FAULT);
    }

    @Test
    void what_was_not_measured_is_not_met() {
        assertThat(verdict(absolute(10, true))).isEqualTo(Verdict.NOT_MEASURED);
        measured(Contender.PAYARA, 50);
        assertThat(verdict(relative(1))).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void a_disturbed_round_counts_only_where_there_is_no_other() {
        Map<String, Double> disturbed = Map.of(Figure.DELIVERIES, 5.0, Figure.OTHER_CORES, 0.9);
        samples.add(new Sample(SCENARIO, Contender.PAYARA, "RICH", 1, disturbed, ""));
        assertThat(verdict(absolute(10, true))).isEqualTo(Verdict.MISSED);

        measured(Contender.PAYARA, 11);
        assertThat(verdict(absolute(10, true))).isEqualTo(Verdict.MET);
    }

    private void measured(Contender contender, double... values) {
        for (double value : values) {
            String wire = contender == Contender.PAYARA ? "RICH" : "PLAIN";
            samples.add(new Sample(SCENARIO, contender, wire, 1, Map.of(Figure.DELIVERIES, value), ""));
        }
    }

    private Verdict verdict(Budget budget) {
        return budget.verdict(new Measured(List.of(new Results("suite", Map.of(), samples))));
    }

    private static Budget absolute(double bound, boolean atLeast) {
        return budget(bound, atLeast, Optional.empty());
    }

    private static Budget relative(double factor) {
        return budget(factor, true, Optional.of(new Subject(SCENARIO, Contender.WS, "PLAIN")));
    }

    private static Budget budget(double bound, boolean atLeast, Optional<Subject> reference) {
        Subject subject = new Subject(SCENARIO, Contender.PAYARA, "RICH");
        return new Budget("work", subject, Figure.DELIVERIES, bound, atLeast, reference, "/s");
    }
}
