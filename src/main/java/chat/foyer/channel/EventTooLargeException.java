package chat.foyer.channel;

/** The event is larger than a channel layer carries: store what it is about, and send where it is. */
public final class EventTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public EventTooLargeException() {
        super("An event has at most " + ChannelLayer.MAX_EVENT_BYTES
                + " bytes as JSON. Store what it is about, and send where it is.");
    }
}
