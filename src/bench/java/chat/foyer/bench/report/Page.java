package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Figure;
import chat.foyer.bench.Sample;
import chat.foyer.bench.server.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code docs/benchmarks.md}, made of all results that are there. */
public final class Page {
    private static final Path PAGE = Path.of("docs", "benchmarks.md");

    /** What people have to say about the figures. */
    private static final Path REMARKS = Path.of("src", "bench", "remarks.md");

    private static final Set<Contender> FOYER = Contender.FOYER;
    private static final String ARRIVALS = "arrivals-5000";

    /** What each table shows, in this order, with its heading. */
    private static final Map<String, String> COLUMNS = columns();

    private static final Map<String, String> SCENARIOS = scenarios();

    /** Where its pictures are, beside it. */
    private static final String IMAGES = "images";

    private final Measured measured;
    private final Map<String, Chart> charts;
    private final List<Results> results;
    private final StringBuilder text = new StringBuilder();

    private Page(List<Results> results) {
        this.results = results;
        this.measured = new Measured(results);
        this.charts = new Charts(measured).all();
    }

    /** Writes it to {@code target/bench}, and, if asked to, where it belongs. */
    public static void write(boolean toDocs) {
        try {
            Page whole = new Page(Results.all());
            String page = whole.render(Files.readString(REMARKS));
            Growth.all(whole.measured)
                    .forEach(growth -> System.out.println("[bench] growth, " + growth.told(whole.measured)));
            write(page, whole.charts, Workplace.DIRECTORY.resolve("benchmarks.md"));
            if (toDocs) {
                write(page, whole.charts, PAGE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String page, Map<String, Chart> charts, Path file) throws IOException {
        Files.writeString(file, page);
        Path images = Files.createDirectories(file.resolveSibling(IMAGES));
        for (Map.Entry<String, Chart> chart : charts.entrySet()) {
            Files.writeString(
                    images.resolve(Charts.file(chart.getKey())),
                    chart.getValue().svg());
        }
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put(Figure.SENDS, "sends/s");
        columns.put(Figure.DELIVERIES, "deliveries/s");
        columns.put(Figure.CPU_MICROS, "server CPU µs/delivery");
        columns.put(Figure.BATCH, "messages/frame");
        columns.put(Figure.POSTS, "posts/s");
        columns.put(Figure.MISSING, "lost deliveries");
        columns.put(Figure.P50, "p50 ms");
        columns.put(Figure.P99, "p99 ms");
        columns.put(Figure.UNDISTURBED_P50, "undisturbed p50 ms");
        columns.put(Figure.UNDISTURBED_P99, "undisturbed p99 ms");
        columns.put(Figure.RESIDENT_GROWTH, "RSS growth MB");
        columns.put(Figure.CONNECTS, "connects/s");
        columns.put(Figure.IDLE_RESIDENT, "RSS kB/connection");
        columns.put(Figure.IDLE_HEAP, "heap kB/connection");
        columns.put(Figure.HEAP, "heap MB");
        columns.put(Figure.RESIDENT, "RSS MB");
        columns.put(Figure.SERVER_CORES, "server cores");
        columns.put(Figure.HELPER_CORES, "helper cores");
        columns.put(Figure.OWN_CORES, "generator cores");
        columns.put(Figure.OTHER_CORES, "other cores");
        columns.put(Figure.LATE_P99, "generator late p99 ms");
        columns.put(Figure.START, "seconds");
        return columns;
    }

    private static Map<String, String> scenarios() {
        Map<String, String> scenarios = new LinkedHashMap<>();
        scenarios.put(
                "room-1000-saturated",
                "One room of 1000 members, saturated: 64 senders, 4 messages of each on their way. The times are those until the sender sees its own message.");
        scenarios.put(
                "rooms-200x10-saturated",
                "200 rooms of 10 members, saturated: 3 senders a room, 2 messages of each on their way.");
        scenarios.put(
                "room-1000-at-50",
                "One room of 1000 members, 50 messages a second. The times are those of every delivery.");
        scenarios.put(
                "nodes-room-1000-saturated",
                "Two nodes, half of the 1000 members on each, otherwise like the first. Foyer's nodes share Redis and PostgreSQL, the others Redis.");
        scenarios.put(
                "slow-500",
                "One room of 500 members, 50 messages of 1000 characters a second, 25 members read nothing; against the same without them. The 25 then read on and miss nothing.");
        scenarios.put("stored-h2", "100 rooms with one member each, 20 messages of each on their way, H2.");
        scenarios.put("stored-postgresql", "The same, PostgreSQL.");
        scenarios.put(ARRIVALS, "5000 connections in 200 rooms, 100 at a time on their way in; then silence.");
        scenarios.put("start", "Start to first page, one node, H2.");
        scenarios.put(
                "layer-send",
                "Channel layers: `send` to a channel from which another node receives. 64 senders, 4 events of each on their way; the times are those of every delivery at 100 events a second.");
        scenarios.put("layer-group-1", "The same, `groupSend` to a group of one channel of the other node.");
        scenarios.put("layer-group-10", "The same, a group of 10 channels of that node.");
        scenarios.put(
                "layer-group-100",
                "The same, a group of 100 channels of that node; the times are those at 20 events a second.");
        return scenarios;
    }

    private String render(String remarks) {
        text.append("""
                # Benchmarks

                <!-- Generated from target/bench/*.json by `mvn -B -Pbench verify -Dbench.write-docs=true`. -->

                Foyer with its room log on, against peers of our own writing that store nothing, each the simplest fair and
                well-tuned room broadcast ([src/bench/peers](../src/bench/peers)), and against a ceiling: Netty, frames of a batch in
                one write. Server and load generator share the machine. Compare figures of one table, not of two machines.

                """);
        howToRun();
        budgets();
        SCENARIOS.forEach(this::scenario);
        holders();
        growth();
        faults();
        text.append(remarks).append('\n');
        circumstances();
        return text.toString();
    }

    private void howToRun() {
        text.append("""
                ## How to run
                ```
                mvn -B -Pbench verify                                             # all suites, 3 rounds, about an hour
                mvn -B -Pbench verify -Dbench.only=room,stored -Dbench.rounds=5   # parts of it
                mvn -B -Pbench verify -Dbench.rounds=1 -Dbench.append=true        # one more round of everything, in addition
                mvn -B -Pbench verify -Dbench.server=payara,peers                 # one of the two servers, and the peers
                mvn -B -Pbench verify -Dbench.jvm="-Xmx1g -XX:+UseParallelGC"     # Foyer with other settings of its virtual machine
                mvn -B -Pbench verify -Dbench.server=django -Dbench.warm-up=5     # one alone, after 5 s of load: to try things out
                mvn -B -Pbench verify -Dbench.only=room -Dbench.profile=true      # with flight recordings in target/bench/jfr
                mvn -B -Pbench verify -Dbench.only=none -Dbench.write-docs=true   # writes this page anew from target/bench/*.json
                mvn -B -Pbench verify -Dbench.only=layers -Dbench.rounds=5        # the channel layers next to channels_redis
                mvn -B -Pbench verify -Dbench.only=growth,growth-nodes            # what a delivery costs as things grow, with the slope
                mvn -B -Pbench verify -Dbench.only=regression                     # this tree beside the last commit, three minutes
                mvn -B -Pbench verify -Dbench.only=soak -Dbench.minutes=30        # people who come and go for so long
                mvn -B -Pjmh verify -Djmh.only=Feed                               # single steps without a server: encoding, feed, registry, lane
                ```
                Suites: `room`, `rate`, `rooms`, `arrivals`, `slow`, `stored`, `stored-postgresql`, `nodes`, `layers`, and, only when asked for, `growth`,
                `growth-history`, `growth-history-postgresql`, `growth-nodes`; each takes two to four minutes a round (those of growth ten to twenty) and
                replaces its file in `target/bench`. Needs Linux and, for `growth`, 20,000 open files (`ulimit -n`). Without Node.js, or without Django
                Channels and channels_redis (Debian's `python3-django-channels`, `python3-channels-redis`, `python3-hiredis` and `daphne`), it runs
                without those peers and says what is missing; Redis and PostgreSQL come with Maven where none are on the path.

                `regression` compares with the last commit, or, when nothing has changed since, with the one before it, which it builds once in a
                worktree of its own; `-Dbench.before=<war>` names another one. A server of each runs all the time, and both get the same load by
                turns, so what else the machine does meets both. Shown are the medians of six ratios with the lowest and the highest: a change of which
                that interval leaves out 1 is one. It takes Payara; `-Dbench.server=wildfly` the other. `soak` runs on PostgreSQL, samples the heap
                after a collection, and fails when it climbs by more than 0.2 MB a minute once a fifth of the time has passed, or when anybody of those
                who stay, come or go was shown something not once or out of order. Less than ten minutes say nothing of the heap.

                Every round starts every server once, in fresh processes, the next round in another order. Shown are medians, in
                brackets the lowest and the highest round. Each text carries its sender and a running number, and every member's are
                checked: a run in which one is missing, doubled or out of order fails. A peer may lose some, which its table then shows; nothing
                is waited for any more when nothing has come for 15 seconds. "Generator cores" tells how much of the machine the
                load itself took; where it comes near 1, the generator is the limit and the server may do more.
                "Other cores" is what everything else on the machine took meanwhile: a measurement during which it was more than a fifth of one
                is disturbed, and counts only where there is no better one.

                The suite `layers` measures channel layers without a server: one program for Foyer's, one of our own writing for channels_redis
                ([peer.py](../src/bench/peers/channels_redis/peer.py)). Both get the same orders: a node that sends and a node that receives, on a
                bus of their own, warmed up for as long, first as fast as it goes, then at a fixed rate. channels_redis has a process for each of the
                two, Foyer one JVM with two layers; in memory the two are one, since there is no bus. Every event of every member is checked here, too.

                """);
    }

    private void budgets() {
        text.append(
                "## Budgets\n| Work | Who | Target | Measured | Measured / target | Met |\n|---|---|---|---|---|---|\n");
        for (Budget budget : Budgets.all()) {
            Optional<Spread> is = budget.measured(measured);
            Optional<Spread> shouldBe = budget.target(measured);
            String ratio = is.isPresent() && shouldBe.isPresent()
                    ? Numbers.told(is.get().median() / shouldBe.get().median())
                    : "–";
            row(
                    budget.work(),
                    budget.subject().contender().title(),
                    target(budget, shouldBe),
                    is.map(Page::spread).orElse("–") + " " + budget.unit(),
                    ratio,
                    budget.verdict(measured).text());
        }
        text.append('\n');
    }

    private static String target(Budget budget, Optional<Spread> shouldBe) {
        String sign = budget.atLeast() ? "≥ " : "≤ ";
        String bound = Numbers.told(budget.bound());
        return budget.reference()
                .map(reference -> sign + bound + " × " + reference.contender().title()
                        + shouldBe.map(spread -> " = " + Numbers.told(spread.median()))
                                .orElse(""))
                .orElse(sign + bound);
    }

    private void scenario(String scenario, String heading) {
        List<Sample> samples = measured.samples().stream()
                .filter(sample -> sample.scenario().equals(scenario))
                .toList();
        if (samples.isEmpty()) {
            return;
        }
        Set<String> figures = samples.stream()
                .flatMap(sample -> sample.figures().keySet().stream())
                .collect(Collectors.toSet());
        if (samples.stream().noneMatch(Page::hasLost)) {
            figures.remove(Figure.MISSING);
        }
        List<String> shown = COLUMNS.keySet().stream().filter(figures::contains).toList();
        text.append("## ").append(scenario).append('\n').append(heading).append("\n\n");
        picture(scenario);
        text.append("| |");
        shown.forEach(figure -> text.append(' ').append(COLUMNS.get(figure)).append(" |"));
        text.append("\n|---|").append("---|".repeat(shown.size())).append('\n');
        for (Contender contender : Contender.values()) {
            Set<String> wires = samples.stream()
                    .filter(sample -> sample.contender() == contender)
                    .map(Sample::wire)
                    .sorted(java.util.Comparator.reverseOrder())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            for (String wire : wires) {
                text.append("| ")
                        .append(contender.title())
                        .append(wire(contender, wire))
                        .append(" |");
                for (String figure : shown) {
                    text.append(' ')
                            .append(cell(scenario, contender, wire, figure))
                            .append(" |");
                }
                text.append('\n');
            }
        }
        text.append('\n');
    }

    private void picture(String key) {
        if (charts.containsKey(key)) {
            text.append("![%s](%s/%s)%n%n".formatted(charts.get(key).title(), IMAGES, Charts.file(key)));
        }
    }

    private void holders() {
        List<String> holders = measured.samples().stream()
                .filter(sample -> sample.scenario().equals(ARRIVALS))
                .flatMap(sample -> sample.figures().keySet().stream())
                .filter(figure -> figure.startsWith(Figure.HELD_BY))
                .distinct()
                .toList();
        if (holders.isEmpty()) {
            return;
        }
        text.append("""
                ## Who holds an idle connection's memory
                Kilobytes of heap for each, by whose classes the objects are of: what 5,000 connections add to a heap histogram after a collection.
                What the JDK's collections and arrays hold they hold for one of the others.

                | |""");
        FOYER.forEach(contender -> text.append(' ').append(contender.title()).append(" |"));
        text.append("\n|---|").append("---|".repeat(FOYER.size())).append('\n');
        for (String holder : holders) {
            text.append("| ").append(holder.substring(Figure.HELD_BY.length())).append(" |");
            FOYER.forEach(contender -> text.append(' ')
                    .append(cell(ARRIVALS, contender, "RICH", holder))
                    .append(" |"));
            text.append('\n');
        }
        text.append('\n');
    }

    private void growth() {
        List<Growth> all = Growth.all(measured);
        if (all.isEmpty()) {
            return;
        }
        text.append("""
                ## Growth
                `foyer.v1`. Rooms talk 2,000 times a second together, nobody else hears them; the others are saturated. A post to few members costs
                each of them more, since it is stored once. The last row of a table is the slope of its cost: by how much it multiplies when the
                size does by ten, by least squares over all sizes. More than ×%s is a miss.

                """.formatted(Numbers.told(Growth.BOUND_PER_DECADE)));
        all.forEach(this::growth);
    }

    private void growth(Growth growth) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put(Figure.CPU_MICROS, "CPU µs/delivery");
        columns.put(Figure.DELIVERIES, "deliveries/s");
        if (measured.samples().stream()
                .anyMatch(sample -> growth.scenarios().containsValue(sample.scenario())
                        && sample.figures().containsKey(Figure.PAGE_P50))) {
            columns.put(Figure.PAGE_P50, "page of history, p50 ms");
        }
        text.append("### ").append(growth.series()).append('\n');
        picture(growth.series());
        text.append("| |");
        FOYER.forEach(contender -> columns.values()
                .forEach(column -> text.append(' ')
                        .append(contender.title())
                        .append(", ")
                        .append(column)
                        .append(" |")));
        text.append("\n|---|")
                .append("---|".repeat(columns.size() * FOYER.size()))
                .append('\n');
        growth.scenarios().forEach((size, scenario) -> {
            text.append("| ").append(Numbers.told(size)).append(" |");
            FOYER.forEach(contender -> columns.keySet()
                    .forEach(figure -> text.append(' ')
                            .append(cell(scenario, contender, "RICH", figure))
                            .append(" |")));
            text.append('\n');
        });
        text.append("| slope |");
        for (Contender contender : FOYER) {
            OptionalDouble slope = growth.slope(measured, contender);
            String told = slope.isEmpty() ? "–" : "×" + Numbers.told(slope.getAsDouble());
            boolean missed = slope.orElse(0) > Growth.BOUND_PER_DECADE;
            text.append(' ').append(told).append(missed ? ", **missed**" : "").append(" |");
            text.append(" |".repeat(columns.size() - 1));
        }
        text.append("\n\n");
    }

    private String cell(String scenario, Contender contender, String wire, String figure) {
        return measured.spread(scenario, contender, wire, figure)
                .map(Page::spread)
                .orElse("–");
    }

    private static String wire(Contender contender, String wire) {
        if (!FOYER.contains(contender) || wire.isEmpty()) {
            return "";
        }
        return wire.equals("RICH") ? ", `foyer.v1`" : ", plain wire";
    }

    private static boolean hasLost(Sample sample) {
        return sample.figures().getOrDefault(Figure.MISSING, 0.0) > 0;
    }

    private void faults() {
        List<Sample> faulty = measured.samples().stream()
                .filter(sample -> !sample.fault().isEmpty())
                .toList();
        long disturbed =
                measured.samples().stream().filter(Measured::isDisturbed).count();
        if (disturbed > 0) {
            text.append("## Disturbed\n%d of %d measurements were disturbed by something else on the machine.\n\n"
                    .formatted(disturbed, measured.samples().size()));
        }
        text.append("## Losses\n");
        String losers = measured.samples().stream()
                .filter(sample -> sample.fault().isEmpty() && hasLost(sample))
                .map(sample -> sample.contender().title())
                .distinct()
                .collect(Collectors.joining(" and "));
        if (!losers.isEmpty()) {
            text.append("%s lost messages and told nobody; that is counted, and no failure of the run.%n%n"
                    .formatted(losers));
        }
        if (faulty.isEmpty()) {
            String others = losers.isEmpty() ? "" : " of the others'";
            text.append("None%s: in every run above every member was shown every message once and in order.%n%n"
                    .formatted(others));
            return;
        }
        text.append("These runs failed and do not count:\n");
        for (Sample sample : faulty) {
            text.append("- %s, %s, %s, round %d: %s%n"
                    .formatted(
                            sample.scenario(),
                            sample.contender().title(),
                            sample.wire().toLowerCase(Locale.ROOT),
                            sample.round(),
                            sample.fault().lines().findFirst().orElse("")));
        }
        text.append('\n');
    }

    private void circumstances() {
        text.append("## Measured on\n");
        for (Results result : results) {
            text.append("- `")
                    .append(result.circumstances().get("command"))
                    .append("`, ")
                    .append(result.circumstances().get("date"))
                    .append(", commit ")
                    .append(result.circumstances().get("commit"))
                    .append('\n');
        }
        if (!results.isEmpty()) {
            text.append('\n');
            Map<String, String> latest = new LinkedHashMap<>(); // not every run knows of every peer
            results.forEach(result -> latest.putAll(result.circumstances()));
            latest.keySet().removeAll(Set.of("command", "date", "commit"));
            text.append(latest.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(" · ", "", "\n")));
        }
    }

    private static String spread(Spread spread) {
        return spread.rounds() == 1
                ? Numbers.told(spread.median())
                : Numbers.told(spread.median()) + " (" + Numbers.told(spread.least()) + "–"
                        + Numbers.told(spread.most()) + ")";
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
