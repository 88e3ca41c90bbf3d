package chat.foyer.protocol;

/**
 * The one frame of the plain wire, the same in both directions.
 *
 * @param message the text
 */
public record PlainFrame(String message) implements ClientFrame, Outgoing {
    @Override
    public void accept(Handler handler) {
        handler.plainMessage(this);
    }
}
