package chat.foyer.channel;

/** Something that a channel layer could not do. Each kind says in one sentence what to do about it. */
public abstract sealed class ChannelException extends RuntimeException
        permits ChannelFullException, LayerUnavailableException, LayerClosedException {
    private static final long serialVersionUID = 1L;

    ChannelException(String message) {
        super(message);
    }
}
