package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import java.util.Optional;

/**
 * A goal for one of the two servers, or for one of the channel layers.
 *
 * @param bound the target, or how many times the reference it is
 * @param atLeast whether more is better
 * @param reference whom the target is measured against in the same run; empty when it is absolute
 */
record Budget(
        String work,
        Subject subject,
        String figure,
        double bound,
        boolean atLeast,
        Optional<Subject> reference,
        String unit) {
    private static final double CLOSE_FROM = 0.8;
    private static final double CLOSE_TO = 1.5;
    private static final int ROUNDS_WHEN_CLOSE = 5;

    /** Whose figure, in which scenario, on which wire. */
    record Subject(String scenario, Contender contender, String wire) {
        Optional<Spread> spread(Measured measured, String figure) {
            return measured.spread(scenario, contender, wire, figure);
        }
    }

    /** What came of it. */
    enum Verdict {
        MET("yes"),
        /** A close bound whose intervals overlap in five rounds or more. */
        MET_WITHIN_SPREAD("yes, intervals overlap"),
        /** The same in fewer rounds. */
        UNPROVEN("intervals overlap, too few rounds"),
        MISSED("**no**"),
        /** Something was lost, doubled or out of order. */
        FAULT("**no: a run failed**"),
        NOT_MEASURED("not measured");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Optional<Spread> measured(Measured all) {
        return subject.spread(all, figure);
    }

    /** Empty when the reference was not measured. */
    Optional<Spread> target(Measured all) {
        if (reference.isEmpty()) {
            return Optional.of(new Spread(bound, bound, bound, 1));
        }
        return reference.get().spread(all, figure).map(spread -> spread.times(bound));
    }

    Verdict verdict(Measured all) {
        Optional<Spread> measured = measured(all);
        Optional<Spread> target = target(all);
        if (all.hasFault(subject.scenario(), subject.contender(), subject.wire())) {
            return Verdict.FAULT;
        }
        if (measured.isEmpty() || target.isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        double is = measured.get().median();
        double shouldBe = target.get().median();
        if (atLeast ? is >= shouldBe : is <= shouldBe) {
            return Verdict.MET;
        }
        boolean close = reference.isPresent() && bound >= CLOSE_FROM && bound <= CLOSE_TO;
        if (close && measured.get().overlaps(target.get())) {
            return measured.get().rounds() >= ROUNDS_WHEN_CLOSE ? Verdict.MET_WITHIN_SPREAD : Verdict.UNPROVEN;
        }
        return Verdict.MISSED;
    }
}
