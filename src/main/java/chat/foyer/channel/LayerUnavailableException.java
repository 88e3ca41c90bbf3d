package chat.foyer.channel;

/** The bus cannot be reached, so the event was given up; it may be sent again later. */
public final class LayerUnavailableException extends ChannelException {
    private static final long serialVersionUID = 1L;

    public LayerUnavailableException(String reason) {
        super("The channel layer is not available, send again later: " + reason);
    }
}
