package chat.foyer.channel;

/** Hears of the bus being lost and found. Called on a thread of the layer, in the order of things; must not block. */
public interface ConnectionWatcher {

    /** Events of other nodes do not arrive any more. */
    default void disconnected() {}

    /** They do again, and every membership is back; what was sent in between may have been missed. */
    default void reconnected() {}
}
