package chat.foyer.channel;

/** The layer was closed, as it is when the node stops: receive no more. */
public final class LayerClosedException extends ChannelException {
    private static final long serialVersionUID = 1L;

    public LayerClosedException() {
        super("The channel layer is closed.");
    }
}
