package chat.foyer.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Who does how much, from zero, in the order given.
 *
 * @param unit of all values
 */
record BarChart(String title, String unit, List<Bar> bars) implements Chart {
    private static final int WIDTH = 760;
    private static final int LABELS = 190;
    private static final int VALUES = 110;
    private static final int TOP = 40;
    private static final int ROW = 28;
    private static final int THICK = 18;

    /** @param ours whether it is Foyer's */
    record Bar(String label, double value, boolean ours) {}

    @Override
    public String description() {
        return bars.stream()
                .map(bar -> bar.label() + " " + Numbers.told(bar.value()))
                .collect(Collectors.joining(", ", title + ", " + unit + ": ", "."));
    }

    @Override
    public String svg() {
        Svg svg = new Svg(WIDTH, TOP + bars.size() * ROW + 12, title, description());
        svg.words(12, 24, "start", "", title);
        svg.words(WIDTH - 12.0, 24, "end", "quiet", unit);
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = TOP + i * ROW;
            double length = Math.max(1, bar.value() / most * (WIDTH - LABELS - VALUES));
            svg.words(LABELS - 10.0, y + 14, "end", "", bar.label());
            svg.bar(LABELS, y, length, THICK, bar.ours() ? "one" : "other");
            svg.words(LABELS + length + 8, y + 14, "start", "", Numbers.told(bar.value()));
        }
        return svg.end();
    }
}
