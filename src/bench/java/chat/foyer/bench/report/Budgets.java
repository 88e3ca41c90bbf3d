package chat.foyer.bench.report;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Figure;
import chat.foyer.bench.report.Budget.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The goals that the benchmark holds Foyer to, row by row. */
final class Budgets {
    private static final String RICH = "RICH";
    private static final String PLAIN = "PLAIN";
    private static final String ROOM = "room-1000-saturated";
    private static final String ROOMS = "rooms-200x10-saturated";
    private static final String RATE = "room-1000-at-50";
    private static final String NODES = "nodes-room-1000-saturated";
    private static final String ARRIVALS = "arrivals-5000";
    private static final String SLOW = "slow-500";

    private final List<Budget> budgets = new ArrayList<>();

    private Budgets() {}

    static List<Budget> all() {
        Budgets all = new Budgets();
        all.throughput();
        all.latency();
        all.absolute();
        all.layers();
        return List.copyOf(all.budgets);
    }

    private void throughput() {
        String room = "one room × 1000, saturated, `foyer.v1`";
        deliveries(room, Contender.PAYARA, ROOM, RICH, 3, Contender.SOCKET_IO);
        deliveries(room, Contender.PAYARA, ROOM, RICH, 2.5, Contender.WS);
        deliveries(room, Contender.WILDFLY, ROOM, RICH, 6, Contender.SOCKET_IO);
        deliveries(room, Contender.WILDFLY, ROOM, RICH, 0.45, Contender.NETTY);
        String plain = "the same, plain wire";
        deliveries(plain, Contender.PAYARA, ROOM, PLAIN, 1, Contender.WS);
        deliveries(plain, Contender.WILDFLY, ROOM, PLAIN, 2.5, Contender.WS);
        String rooms = "200 rooms × 10, saturated";
        deliveries(rooms, Contender.PAYARA, ROOMS, RICH, 1, Contender.SOCKET_IO);
        deliveries(rooms, Contender.WILDFLY, ROOMS, RICH, 1.2, Contender.WS);
        String nodes = "two nodes + Redis + PostgreSQL, one room × 1000, saturated";
        deliveries(nodes, Contender.PAYARA, NODES, RICH, 1.3, Contender.WS);
        deliveries(nodes, Contender.WILDFLY, NODES, RICH, 2, Contender.WS);
        for (Contender who : List.of(Contender.PAYARA, Contender.WILDFLY)) {
            double factor = who == Contender.PAYARA ? 30 : 60;
            deliveries(room, who, ROOM, RICH, factor, Contender.DJANGO);
            deliveries(plain, who, ROOM, PLAIN, factor, Contender.DJANGO);
            deliveries(rooms, who, ROOMS, RICH, factor, Contender.DJANGO);
            deliveries(nodes, who, NODES, RICH, factor, Contender.DJANGO);
        }
    }

    private void deliveries(
            String work, Contender who, String scenario, String wire, double factor, Contender reference) {
        add(work, who, scenario, wire, Figure.DELIVERIES, factor, true, Optional.of(reference), "deliveries/s");
    }

    private void latency() {
        for (String wire : List.of(RICH, PLAIN)) {
            String work = "1000 × 50 msg/s, " + (wire.equals(RICH) ? "`foyer.v1`" : "plain wire") + ", ";
            for (String figure : List.of(Figure.P50, Figure.P99)) {
                String row = work + (figure.equals(Figure.P50) ? "p50" : "p99");
                Optional<Contender> ws = Optional.of(Contender.WS);
                add(row, Contender.PAYARA, RATE, wire, figure, 1.5, false, ws, "ms");
                add(row, Contender.WILDFLY, RATE, wire, figure, 1.1, false, ws, "ms");
            }
        }
    }

    private void absolute() {
        both("idle connection, RSS", ARRIVALS, RICH, Figure.IDLE_RESIDENT, 30, 10, false, "kB");
        both("connects with handshake, join and `welcome`", ARRIVALS, RICH, Figure.CONNECTS, 2_000, 3_500, true, "/s");
        both("heap with 5,000 idle members in 200 rooms", ARRIVALS, RICH, Figure.HEAP, 256, 256, false, "MB");
        both(
                "5 % of 500 stalled: p99 of the others, against undisturbed",
                SLOW, RICH, Figure.P99_RATIO, 1.2, 1.2, false, "×");
        both("5 % of 500 stalled: RSS growth", SLOW, RICH, Figure.RESIDENT_GROWTH, 40, 40, false, "MB");
        both("stored, H2, no fan-out", "stored-h2", RICH, Figure.POSTS, 20_000, 20_000, true, "messages/s");
        both(
                "stored, PostgreSQL, no fan-out",
                "stored-postgresql",
                RICH,
                Figure.POSTS,
                10_000,
                10_000,
                true,
                "messages/s");
        both("start to first page, warm, one node", "start", "", Figure.START, 12, 8, false, "s");
    }

    private void layers() {
        Map<String, String> points = new LinkedHashMap<>();
        points.put("layer-send", "`send` and `receive`");
        points.put("layer-group-1", "`groupSend`, 1 member");
        points.put("layer-group-10", "`groupSend`, 10 members");
        points.put("layer-group-100", "`groupSend`, 100 members");
        Optional<Contender> reference = Optional.of(Contender.CHANNELS_REDIS);
        points.forEach((scenario, work) -> {
            for (Contender layer : List.of(Contender.MEMORY_LAYER, Contender.REDIS_LAYER, Contender.DATABASE_LAYER)) {
                add(work, layer, scenario, "", Figure.SENDS, 1, true, reference, "/s");
                add(work + ", p99", layer, scenario, "", Figure.P99, 1, false, reference, "ms");
            }
        });
    }

    private void both(
            String work,
            String scenario,
            String wire,
            String figure,
            double payara,
            double wildfly,
            boolean atLeast,
            String unit) {
        add(work, Contender.PAYARA, scenario, wire, figure, payara, atLeast, Optional.empty(), unit);
        add(work, Contender.WILDFLY, scenario, wire, figure, wildfly, atLeast, Optional.empty(), unit);
    }

    private void add(
            String work,
            Contender who,
            String scenario,
            String wire,
            String figure,
            double bound,
            boolean atLeast,
            Optional<Contender> reference,
            String unit) {
        Optional<Subject> against = reference.map(contender -> new Subject(scenario, contender, wireOf(contender)));
        budgets.add(new Budget(work, new Subject(scenario, who, wire), figure, bound, atLeast, against, unit));
    }

    private static String wireOf(Contender reference) {
        return switch (reference) {
            case SOCKET_IO -> "SOCKET_IO";
            case CHANNELS_REDIS -> "";
            default -> PLAIN;
        };
    }
}
