package chat.foyer.bench;

import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.FoyerNodes.Storage;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of the benchmark that can be run on its own: what is measured, on whom, with which storage. */
enum Suite {
    ROOM(
            Storage.H2,
            1,
            Contender.SERVERS,
            new Trial(new Saturation("room-1000-saturated", 1, 1000, 64, 4), Trial.BOTH)),
    RATE(Storage.H2, 1, Contender.SERVERS, new Trial(new Fanout("room-1000-at-50", 1000, 50), Trial.BOTH)),
    ROOMS(
            Storage.H2,
            1,
            Contender.SERVERS,
            new Trial(new Saturation("rooms-200x10-saturated", 200, 10, 3, 2), Trial.RICH)),
    ARRIVALS(Storage.H2, 1, Contender.SERVERS, new Trial(new Arrivals("arrivals-5000", 200, 25, 80), Trial.RICH)),
    SLOW(
            Storage.H2,
            1,
            EnumSet.of(Contender.PAYARA, Contender.WILDFLY),
            new Trial(new SlowMembers("slow-500", 500, 25, 50, 1_000), Trial.RICH)),
    STORED(
            Storage.H2,
            1,
            EnumSet.of(Contender.PAYARA, Contender.WILDFLY),
            new Trial(new Saturation("stored-h2", 100, 1, 1, 20), Trial.RICH)),
    STORED_POSTGRESQL(
            Storage.POSTGRESQL,
            1,
            EnumSet.of(Contender.PAYARA, Contender.WILDFLY),
            new Trial(new Saturation("stored-postgresql", 100, 1, 1, 20), Trial.RICH)),
    NODES(
            Storage.POSTGRESQL,
            2,
            EnumSet.of(Contender.PAYARA, Contender.WILDFLY, Contender.WS, Contender.SOCKET_IO, Contender.DJANGO),
            new Trial(new Saturation("nodes-room-1000-saturated", 1, 1000, 64, 4), Trial.RICH)),

    /** Channel layers on their own, without a server; what is measured of them is said by LayerPoint, not by trials. */
    LAYERS(Storage.H2, 1, Contender.LAYERS),

    /** Not part of all: how the cost of a delivery changes with the size of rooms and their number. */
    GROWTH(
            Storage.H2,
            1,
            EnumSet.of(Contender.PAYARA, Contender.WILDFLY),
            growing("members-10", 1, 10, 10, 24),
            growing("members-100", 1, 100, 60, 4),
            growing("members-1000", 1, 1_000, 60, 4),
            growing("members-10000", 1, 10_000, 60, 4),
            growing("rooms-10", 10, 10, 10, 10),
            growing("rooms-100", 100, 10, 10, 1),
            growing("rooms-1000", 1_000, 10, 1, 1));

    /**
     * A scenario and the wires on which Foyer goes through it; the others have one each.
     *
     * @param foyerWires in the order of the first round
     */
    record Trial(Scenario scenario, List<Wire> foyerWires) {
        private static final List<Wire> RICH = List.of(Wire.RICH);
        private static final List<Wire> BOTH = List.of(Wire.RICH, Wire.PLAIN);
    }

    private final Storage storage;
    private final int nodes;
    private final Set<Contender> contenders;
    private final List<Trial> trials;

    Suite(Storage storage, int nodes, Set<Contender> contenders, Trial... trials) {
        this.storage = storage;
        this.nodes = nodes;
        this.contenders = contenders;
        this.trials = List.of(trials);
    }

    private static Trial growing(String name, int rooms, int members, int senders, int outstanding) {
        return new Trial(new Saturation("growth-" + name, rooms, members, senders, outstanding), Trial.RICH);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Storage storage() {
        return storage;
    }

    int nodes() {
        return nodes;
    }

    Set<Contender> contenders() {
        return contenders;
    }

    List<Trial> trials() {
        return trials;
    }

    /**
     * The suites of these names, separated by commas; {@code none} only makes the page anew.
     *
     * @throws IllegalArgumentException with the names there are
     */
    static List<Suite> named(String names) {
        if (names.equals("all")) {
            return Stream.of(values()).filter(suite -> suite != GROWTH).toList();
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
                                + ", not " + name)))
                .toList();
    }
}
