package chat.foyer.bench.report;

import java.util.Locale;

/** How figures are written: with three digits that count, or all of a large one. */
final class Numbers {
    private Numbers() {}

    static String told(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        if (size == Math.rint(size)) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
