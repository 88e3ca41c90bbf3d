package chat.foyer.bench.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How a cost changes with a size, both by their logarithms: what costs the same at every size is a level line.
 *
 * @param size what grows
 * @param unit of the cost
 * @param lines two at most
 */
record LineChart(String title, String size, String unit, List<Line> lines) implements Chart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 48;
    private static final int BOTTOM = 48;
    private static final List<String> TYPES = List.of("one", "two");

    /** @param costs by size, all above zero */
    record Line(String label, Map<Double, Double> costs) {}

    /** The decades that hold all values. */
    private record Range(double from, double to) {
        static Range of(DoubleStream values) {
            double[] logarithms = values.map(Math::log10).sorted().toArray();
            double from = Math.floor(logarithms[0]);
            return new Range(from, Math.max(from + 1, Math.ceil(logarithms[logarithms.length - 1])));
        }

        double place(double value) {
            return (Math.log10(value) - from) / (to - from);
        }
    }

    @Override
    public String description() {
        return lines.stream()
                .map(line -> line.label() + " "
                        + line.costs().entrySet().stream()
                                .map(point -> Numbers.told(point.getValue()) + " at " + Numbers.told(point.getKey()))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; ", title + ", " + unit + " by " + size + ": ", "."));
    }

    @Override
    public String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT, title, description());
        svg.words(12, 24, "start", "", title);
        svg.words(WIDTH - 12.0, 24, "end", "quiet", unit + " by " + size);
        Range sizes = Range.of(
                lines.stream().flatMapToDouble(line -> numbers(line.costs().keySet())));
        Range costs = Range.of(
                lines.stream().flatMapToDouble(line -> numbers(line.costs().values())));
        for (double decade = costs.from(); decade <= costs.to(); decade++) {
            double y = y(costs, Math.pow(10, decade));
            svg.rule(LEFT, y, WIDTH - RIGHT, y);
            svg.words(LEFT - 8.0, y + 4, "end", "quiet", Numbers.told(Math.pow(10, decade)));
        }
        for (double decade = sizes.from(); decade <= sizes.to(); decade++) {
            double x = x(sizes, Math.pow(10, decade));
            svg.words(x, HEIGHT - BOTTOM + 20.0, "middle", "quiet", Numbers.told(Math.pow(10, decade)));
        }
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), TYPES.get(i), sizes, costs);
            svg.bar(WIDTH - RIGHT + 16.0, TOP + i * 24.0, 12, 12, TYPES.get(i));
            svg.words(
                    WIDTH - RIGHT + 34.0,
                    TOP + i * 24.0 + 11,
                    "start",
                    "",
                    lines.get(i).label());
        }
        return svg.end();
    }

    private static void draw(Svg svg, Line line, String type, Range sizes, Range costs) {
        double[] points = line.costs().entrySet().stream()
                .flatMapToDouble(point -> DoubleStream.of(x(sizes, point.getKey()), y(costs, point.getValue())))
                .toArray();
        svg.polyline(points, type);
        for (int i = 0; i < points.length; i += 2) {
            svg.dot(points[i], points[i + 1], type);
        }
    }

    private static DoubleStream numbers(Collection<Double> values) {
        return values.stream().mapToDouble(value -> value);
    }

    private static double x(Range sizes, double value) {
        return LEFT + sizes.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(Range costs, double value) {
        return HEIGHT - BOTTOM - costs.place(value) * (HEIGHT - TOP - BOTTOM);
    }
}
