package chat.foyer.channel;

/**
 * Hears of the bus being lost and found; one of several hosts is lost with the first that goes, and found when all are back.
 * Called on a thread of the layer, in the order of things; must not block.
 */
public interface ConnectionWatcher {

    /** Events of other nodes do not arrive any more. */
    default void disconnected() {}

    /** They do again, and every membership is back; what was sent in between may have been missed. */
    default void reconnected() {}
}
