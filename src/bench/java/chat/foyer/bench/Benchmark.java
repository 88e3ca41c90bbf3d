package chat.foyer.bench;

import chat.foyer.bench.layer.LayerAnswer;
import chat.foyer.bench.layer.LayerPoint;
import chat.foyer.bench.layer.LayerProgram;
import chat.foyer.bench.load.Wire;
import chat.foyer.bench.report.Circumstances;
import chat.foyer.bench.report.Page;
import chat.foyer.bench.report.Results;
import chat.foyer.bench.server.FlightRecording;
import chat.foyer.bench.server.FoyerNodes;
import chat.foyer.bench.server.NodePackages;
import chat.foyer.bench.server.PythonPackages;
import chat.foyer.bench.server.Server;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Runs suites in interleaved rounds: each round runs every contender once, in fresh processes, and the next begins with
 * another. Results go to {@code target/bench}, and the page that is made of all results there beside them.
 */
public final class Benchmark {
    private final int rounds;
    private final Set<Contender> present;
    private boolean failed;

    private Benchmark(int rounds, Set<Contender> present) {
        this.rounds = rounds;
        this.present = present;
    }

    /** Exits with 1 when anything was lost, doubled or shown out of order, with 2 when the command line is wrong. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING); // or migrations would bury the figures
        try {
            boolean clean = switch (System.getProperty("bench.only", "all")) {
                case "regression" -> oneOfFoyer().allMatch(Regression::run);
                case "soak" -> oneOfFoyer().allMatch(Soak::run);
                default -> suites();
            };
            System.exit(clean ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean suites() {
        List<Suite> suites = Suite.named(System.getProperty("bench.only", "all"));
        Benchmark benchmark = new Benchmark(rounds(), present());
        suites.forEach(benchmark::run);
        Page.write(Boolean.getBoolean("bench.write-docs"));
        return !benchmark.failed;
    }

    /** What takes a server for itself does so on one of the two, unless others are asked for. */
    private static Stream<Contender> oneOfFoyer() {
        String server = System.getProperty("bench.server", "all");
        return Contender.named(server.equals("all") ? "payara" : server).stream()
                .filter(Contender::isFoyer);
    }

    private static int rounds() {
        String text = System.getProperty("bench.rounds", "3");
        if (!text.matches("[1-9]\\d?")) {
            throw new IllegalArgumentException("-Dbench.rounds takes a number from 1 to 99, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Set<Contender> present() {
        Set<Contender> present = Contender.named(System.getProperty("bench.server", "all"));
        if (!NodePackages.available()) {
            System.out.println(
                    "This machine has no Node.js with npm, so the benchmark runs without Node ws and Socket.IO.");
            present.removeIf(Contender::needsNodeJs);
        }
        leaveOut(Contender.DJANGO, PythonPackages.DJANGO, present);
        leaveOut(Contender.CHANNELS_REDIS, PythonPackages.LAYER, present);
        return present;
    }

    private static void leaveOut(Contender peer, PythonPackages needed, Set<Contender> present) {
        if (present.contains(peer) && needed.interpreter().isEmpty()) {
            System.out.printf(
                    "The benchmark runs without %s: this machine lacks it (on Debian: apt install %s).%n",
                    peer.title(), String.join(" ", needed.missing()));
            present.remove(peer);
        }
    }

    private void run(Suite suite) {
        List<Contender> contenders = new ArrayList<>(
                suite.contenders().stream().filter(present::contains).toList());
        List<Sample> samples = new ArrayList<>(Boolean.getBoolean("bench.append") ? Results.of(suite.id()) : List.of());
        int before = samples.stream().mapToInt(Sample::round).max().orElse(0);
        Collections.rotate(contenders, before);
        long begun = System.nanoTime();
        for (int round = before + 1; round <= before + rounds; round++) {
            for (Contender contender : contenders) {
                if (suite == Suite.LAYERS) {
                    measureLayer(contender, round, samples);
                } else {
                    for (Suite.Stage stage : suite.stages()) {
                        measure(suite, stage, contender, round, samples);
                    }
                }
            }
            Collections.rotate(contenders, 1);
            Results.write(suite.id(), Circumstances.now(suite.id(), round), samples);
        }
        say("%s took %d s", suite.id(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    }

    private void measure(Suite suite, Suite.Stage stage, Contender contender, int round, List<Sample> samples) {
        Bystanders bystanders = new Bystanders();
        try (Server server = contender.start(stage.setup())) {
            if (server instanceof FoyerNodes foyer && stage.setup().history() == 0) {
                double seconds = foyer.startUp().toMillis() / (double) TimeUnit.SECONDS.toMillis(1);
                int nodes = stage.setup().nodes();
                String scenario = nodes == 1 ? "start" : "start-" + nodes + "-nodes";
                Map<String, Double> figures = Map.of(Figure.START, seconds, Figure.OTHER_CORES, bystanders.cores());
                samples.add(new Sample(scenario, contender, "", round, figures, ""));
            }
            for (Suite.Trial trial : stage.trials()) {
                List<Wire> wires = new ArrayList<>(contender.wires(trial.foyerWires()));
                Collections.rotate(wires, round - 1);
                for (Wire wire : wires) {
                    samples.add(sample(trial.scenario(), server, contender, wire, round));
                }
            }
        } catch (RuntimeException e) { // it did not start; the others go on
            failed = true;
            samples.add(new Sample(suite.id(), contender, "", round, Map.of(), e.toString()));
            say("%s round %d, %s: %s", suite.id(), round, contender, e);
        }
    }

    private void measureLayer(Contender contender, int round, List<Sample> samples) {
        try (LayerProgram program = LayerProgram.start(contender)) {
            for (LayerPoint point : LayerPoint.values()) {
                Bystanders bystanders = new Bystanders();
                LayerAnswer answer = program.measure(point);
                Map<String, Double> figures = new LinkedHashMap<>(answer.figures());
                figures.put(Figure.OTHER_CORES, bystanders.cores());
                failed |= !answer.fault().isEmpty();
                say(
                        "%s round %d, %s: %s",
                        point.scenario(), round, contender, answer.fault().isEmpty() ? figures : answer.fault());
                samples.add(new Sample(point.scenario(), contender, "", round, figures, answer.fault()));
            }
        } catch (RuntimeException e) { // the others go on
            failed = true;
            samples.add(new Sample(Suite.LAYERS.id(), contender, "", round, Map.of(), e.toString()));
            say("%s round %d, %s: %s", Suite.LAYERS.id(), round, contender, e);
        }
    }

    private Sample sample(Scenario scenario, Server server, Contender contender, Wire wire, int round) {
        Map<String, Double> figures = Map.of();
        String fault = "";
        Durations durations = contender.durations();
        if (contender.isFoyer() && Boolean.getBoolean("bench.profile")) {
            String name = String.join("-", scenario.name(), contender.name(), wire.name(), Integer.toString(round));
            Scenario.Span span = scenario.profiled(durations);
            FlightRecording.schedule(server, name, span.delay(), span.duration());
        }
        try {
            figures = scenario.measure(server, wire, durations);
        } catch (LossException e) {
            figures = e.figures();
            fault = contender.mayLose() && e.isOnlyMissing() ? "" : e.getMessage();
        } catch (RuntimeException e) {
            fault = e.toString();
        }
        failed |= !fault.isEmpty();
        say("%s round %d, %s, %s: %s", scenario.name(), round, contender, wire, fault.isEmpty() ? figures : fault);
        return new Sample(scenario.name(), contender, wire.name(), round, figures, fault);
    }

    private static void say(String format, Object... arguments) {
        System.out.println("[bench] " + String.format(Locale.ROOT, format, arguments));
    }
}
