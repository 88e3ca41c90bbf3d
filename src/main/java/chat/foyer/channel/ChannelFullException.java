package chat.foyer.channel;

/** The channel holds as many unread events as it may: receive faster, send less, or give it a larger capacity. */
public final class ChannelFullException extends ChannelException {
    private static final long serialVersionUID = 1L;

    public ChannelFullException(String channel, int capacity) {
        super("Channel " + channel + " holds " + capacity
                + " unread events and takes no more. Receive faster, send less, or"
                + " raise its capacity (foyer.channel.capacities).");
    }
}
