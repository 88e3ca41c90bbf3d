package chat.foyer.channel;

/**
 * A way for nodes to reach each other, found as a CDI bean; add one by implementing this and {@link ChannelLayer}.
 */
public interface Bus {

    /** What {@code foyer.bus} calls it. */
    String name();

    /** Opens the layer of this node. Must not wait for the other side: a bus that is down is no error. */
    ChannelLayer open(String node);
}
