package chat.foyer.channel.database;

import chat.foyer.channel.ChannelNames;

/** An event on its way into a channel's mailbox, as it is to be stored there. Belongs to the thread of the writer. */
final class Letter {
    private final String channel;
    private final String event;
    private final int capacity;
    private boolean taken;

    /** @param capacity how many events the mailbox may hold with this one */
    Letter(String channel, String event, int capacity) {
        this.channel = channel;
        this.event = event;
        this.capacity = capacity;
    }

    String channel() {
        return channel;
    }

    String mailbox() {
        return ChannelNames.mailbox(channel);
    }

    String event() {
        return event;
    }

    /** Takes it into its mailbox if that holds less than it may. */
    boolean takeInto(int unread) {
        taken = unread < capacity;
        return taken;
    }

    boolean isTaken() {
        return taken;
    }
}
