package chat.foyer.channel;

/**
 * A way for nodes to reach each other, found as a CDI bean; add one by implementing this and {@link ChannelLayer}, whose
 * contract the suite {@code ChannelLayerContract} checks.
 */
public interface Bus {

    /** What {@code foyer.bus} calls it. */
    String name();

    /**
     * Opens a layer for this node. Must not wait for the other side: a bus that is down is no error.
     *
     * @param layer its name; layers of different names know nothing of each other
     * @param node the name of this process, which no other has
     */
    ChannelLayer open(String layer, String node, LayerOptions options);
}
