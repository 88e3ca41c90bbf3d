package chat.foyer.bench;

import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.Setup;
import chat.foyer.bench.server.Setup.Storage;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A part of the benchmark that can be run on its own: what is measured, on whom, on which servers. */
enum Suite {
    ROOM(
            Contender.SERVERS,
            Stage.on(Storage.H2, 1, new Trial(new Saturation("room-1000-saturated", 1, 1000, 64, 4), Trial.BOTH))),
    RATE(
            Contender.SERVERS,
            Stage.on(Storage.H2, 1, new Trial(new Fanout("room-1000-at-50", 1, 1000, 50, 50), Trial.BOTH))),
    ROOMS(
            Contender.SERVERS,
            Stage.on(Storage.H2, 1, new Trial(new Saturation("rooms-200x10-saturated", 200, 10, 3, 2), Trial.RICH))),
    ARRIVALS(
            Contender.SERVERS,
            Stage.on(Storage.H2, 1, new Trial(new Arrivals("arrivals-5000", 200, 25, 80), Trial.RICH))),
    SLOW(
            Contender.FOYER,
            Stage.on(Storage.H2, 1, new Trial(new SlowMembers("slow-500", 500, 25, 50, 1_000), Trial.RICH))),
    STORED(Contender.FOYER, Stage.on(Storage.H2, 1, new Trial(new Saturation("stored-h2", 100, 1, 1, 20), Trial.RICH))),
    STORED_POSTGRESQL(
            Contender.FOYER,
            Stage.on(Storage.POSTGRESQL, 1, new Trial(new Saturation("stored-postgresql", 100, 1, 1, 20), Trial.RICH))),
    NODES(
            EnumSet.of(Contender.PAYARA, Contender.WILDFLY, Contender.WS, Contender.SOCKET_IO, Contender.DJANGO),
            Stage.on(
                    Storage.POSTGRESQL,
                    2,
                    new Trial(new Saturation("nodes-room-1000-saturated", 1, 1000, 64, 4), Trial.RICH))),

    /** Channel layers on their own, without a server; what is measured of them is said by LayerPoint, not by trials. */
    LAYERS(Contender.LAYERS),

    /** How the cost of a delivery changes with the size of a room, and with the number of rooms at one rate of posts. */
    GROWTH(
            Contender.FOYER,
            Stage.on(
                    Storage.H2,
                    1,
                    growing("members-10", 1, 10, 10, 24),
                    growing("members-100", 1, 100, 60, 4),
                    growing("members-1000", 1, 1_000, 60, 4),
                    growing("members-10000", 1, 10_000, 60, 4),
                    talking(10),
                    talking(100),
                    talking(1_000),
                    talking(10_000))),

    /** How it changes with the messages that the room has, with embedded databases. */
    GROWTH_HISTORY(Contender.FOYER, histories(Storage.H2)),

    /** The same, PostgreSQL. */
    GROWTH_HISTORY_POSTGRESQL(Contender.FOYER, histories(Storage.POSTGRESQL)),

    /** How it changes with the number of nodes. */
    GROWTH_NODES(
            Contender.FOYER,
            IntStream.rangeClosed(1, 3)
                    .mapToObj(nodes -> Stage.on(Storage.POSTGRESQL, nodes, growing("nodes-" + nodes, 1, 600, 60, 4)))
                    .toArray(Stage[]::new));

    /** Those that run only when asked for by name. */
    private static final Set<Suite> ON_DEMAND = EnumSet.range(GROWTH, GROWTH_NODES);

    /**
     * A scenario and the wires on which Foyer goes through it; the others have one each.
     *
     * @param foyerWires in the order of the first round
     */
    record Trial(Scenario scenario, List<Wire> foyerWires) {
        private static final List<Wire> RICH = List.of(Wire.RICH);
        private static final List<Wire> BOTH = List.of(Wire.RICH, Wire.PLAIN);
    }

    /** A fresh server and what it goes through. */
    record Stage(Setup setup, List<Trial> trials) {
        private static Stage on(Storage storage, int nodes, Trial... trials) {
            return new Stage(Setup.of(storage, nodes), List.of(trials));
        }
    }

    private final Set<Contender> contenders;
    private final List<Stage> stages;

    Suite(Set<Contender> contenders, Stage... stages) {
        this.contenders = contenders;
        this.stages = List.of(stages);
    }

    private static Trial growing(String name, int rooms, int members, int senders, int outstanding) {
        return new Trial(new Saturation("growth-" + name, rooms, members, senders, outstanding), Trial.RICH);
    }

    private static Trial talking(int rooms) {
        return new Trial(new Fanout("growth-rooms-" + rooms, rooms, 1, 1, 2_000), Trial.RICH);
    }

    private static Stage[] histories(Storage storage) {
        String name = "growth-history-" + storage.name().toLowerCase(Locale.ROOT) + "-";
        return IntStream.of(1_000, 10_000, 100_000, 1_000_000, 5_000_000)
                .mapToObj(messages -> new Stage(
                        new Setup(storage, 1, messages),
                        List.of(new Trial(new Archive(name + messages, messages), Trial.RICH))))
                .toArray(Stage[]::new);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Set<Contender> contenders() {
        return contenders;
    }

    List<Stage> stages() {
        return stages;
    }

    /**
     * The suites of these names, separated by commas; {@code none} only makes the page anew.
     *
     * @throws IllegalArgumentException with the names there are
     */
    static List<Suite> named(String names) {
        if (names.equals("all")) {
            return Stream.of(values())
                    .filter(suite -> !ON_DEMAND.contains(suite))
                    .toList();
        }
        if (names.equals("none")) {
            return List.of();
        }
        return Stream.of(names.split(","))
                .map(name -> Stream.of(values())
                        .filter(suite -> suite.id().equals(name.strip()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("-Dbench.only takes one or more of "
                                + Stream.of(values()).map(Suite::id).collect(Collectors.joining(","))
                                + ",regression,soak, not " + name)))
                .toList();
    }
}
