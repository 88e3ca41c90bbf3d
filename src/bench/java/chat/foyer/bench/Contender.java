package chat.foyer.bench;

import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.FoyerNodes;
import chat.foyer.bench.server.NodePackages;
import chat.foyer.bench.server.Peer;
import chat.foyer.bench.server.Server;
import chat.foyer.bench.server.Setup;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who takes part. */
public enum Contender {
    PAYARA("Foyer, Payara"),
    WILDFLY("Foyer, WildFly"),
    WS("Node `ws`"),
    SOCKET_IO("Socket.IO"),
    DJANGO("Django Channels"),
    NETTY("Netty, coalesced"),
    MEMORY_LAYER("Foyer, memory"),
    REDIS_LAYER("Foyer, Redis"),
    DATABASE_LAYER("Foyer, PostgreSQL"),
    CHANNELS_REDIS("channels_redis");

    /** Ourselves. */
    public static final Set<Contender> FOYER = Collections.unmodifiableSet(EnumSet.of(PAYARA, WILDFLY));

    /** Who shows messages to rooms. */
    static final Set<Contender> SERVERS = EnumSet.range(PAYARA, NETTY);

    /** Whose channel layer is measured on its own. */
    static final Set<Contender> LAYERS = EnumSet.range(MEMORY_LAYER, CHANNELS_REDIS);

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /**
     * Those of these ids, separated by commas; {@code peers} are all but Foyer.
     *
     * @throws IllegalArgumentException with the ids there are
     */
    static Set<Contender> named(String ids) {
        Set<Contender> named = EnumSet.noneOf(Contender.class);
        for (String id : ids.split(",")) {
            Set<Contender> those = EnumSet.allOf(Contender.class);
            those.removeIf(contender -> switch (id.strip()) {
                case "all" -> false;
                case "peers" -> contender.isFoyer();
                default -> !contender.id().equals(id.strip());
            });
            if (those.isEmpty()) {
                throw new IllegalArgumentException("-Dbench.server takes all, peers, or one or more of "
                        + Stream.of(values()).map(Contender::id).collect(Collectors.joining(",")) + ", not " + id);
            }
            named.addAll(those);
        }
        return named;
    }

    private String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How people call it. */
    public String title() {
        return title;
    }

    boolean isFoyer() {
        return FOYER.contains(this);
    }

    boolean needsNodeJs() {
        return this == WS || this == SOCKET_IO;
    }

    /** Whether what it loses is counted and shown, and not a failure of the run: it promises no more. */
    boolean mayLose() {
        return !isFoyer();
    }

    /**
     * A large server compiles itself for some 35 seconds of load until it is as fast as it stays; meanwhile the compiler
     * takes half of this machine. One whose messages need ten seconds to arrive has to be filled first.
     */
    Durations durations() {
        int warmUp = isFoyer() ? 40 : this == DJANGO ? 15 : 3;
        return Durations.seconds(Integer.getInteger("bench.warm-up", warmUp), 5);
    }

    /** The wires that it is measured on, of those on which Foyer is. */
    List<Wire> wires(List<Wire> foyerWires) {
        return isFoyer() ? foyerWires : List.of(this == SOCKET_IO ? Wire.SOCKET_IO : Wire.PLAIN);
    }

    /** A fresh process for each node of a server. */
    Server start(Setup setup) {
        return switch (this) {
            case PAYARA -> FoyerNodes.start(FoyerNodes.Kind.PAYARA, setup);
            case WILDFLY -> FoyerNodes.start(FoyerNodes.Kind.WILDFLY, setup);
            case WS -> Peer.node(NodePackages.install("ws"), setup.nodes());
            case SOCKET_IO -> Peer.node(NodePackages.install("socketio"), setup.nodes());
            case DJANGO -> Peer.django(setup.nodes());
            case NETTY -> Peer.netty();
            case MEMORY_LAYER, REDIS_LAYER, DATABASE_LAYER, CHANNELS_REDIS ->
                throw new IllegalStateException(this + " is a channel layer and no server");
        };
    }
}
