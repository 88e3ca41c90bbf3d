package chat.foyer.channel;

/**
 * How the bus between the nodes is doing. Immutable.
 *
 * @param bus its name: {@code memory}, {@code redis}, {@code database}
 * @param spansNodes whether it reaches other nodes at all
 * @param connected whether events travel
 * @param subscriptions how many groups this node listens to on the bus
 * @param detail one phrase for people, without secrets
 */
public record BusStatus(String bus, boolean spansNodes, boolean connected, int subscriptions, String detail) {}
