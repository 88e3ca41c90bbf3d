package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The pictures of the page, by the scenario or the series that they show. */
final class Charts {
    private static final Map<String, String> BARS = Map.of(
            "room-1000-saturated", "One room of 1,000 members, saturated",
            "rooms-200x10-saturated", "200 rooms of 10 members, saturated",
            "nodes-room-1000-saturated", "Two nodes, one room of 1,000 members, saturated");

    private final Measured measured;

    Charts(Measured measured) {
        this.measured = measured;
    }

    /** Everything there is enough for. */
    Map<String, Chart> all() {
        Map<String, Chart> all = new LinkedHashMap<>();
        BARS.keySet().forEach(scenario -> bars(scenario).ifPresent(chart -> all.put(scenario, chart)));
        Growth.all(measured).forEach(growth -> lines(growth).ifPresent(chart -> all.put(growth.series(), chart)));
        return all;
    }

    /** Deliveries a second; empty where there is nobody to compare with. */
    private Optional<Chart> bars(String scenario) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            for (String wire : List.of("RICH", "PLAIN", "SOCKET_IO")) {
                boolean ours = Contender.FOYER.contains(contender);
                String label = contender.title().replace("`", "") + (ours && wire.equals("PLAIN") ? ", plain" : "");
                measured.spread(scenario, contender, wire, Figure.DELIVERIES)
                        .ifPresent(spread -> bars.add(new BarChart.Bar(label, spread.median(), ours)));
            }
        }
        return bars.size() < 2 ? Optional.empty() : Optional.of(new BarChart(BARS.get(scenario), "deliveries/s", bars));
    }

    private Optional<Chart> lines(Growth growth) {
        List<LineChart.Line> lines = Contender.FOYER.stream()
                .map(contender ->
                        new LineChart.Line(contender.title().replace("Foyer, ", ""), growth.costs(measured, contender)))
                .filter(line -> line.costs().size() > 1)
                .toList();
        String series = growth.series().replace('-', ' ');
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new LineChart("Cost of a delivery: " + series, series, "CPU µs/delivery", lines));
    }

    /** The name of the file of this chart. */
    static String file(String key) {
        return "bench-" + key.toLowerCase(Locale.ROOT) + ".svg";
    }
}
