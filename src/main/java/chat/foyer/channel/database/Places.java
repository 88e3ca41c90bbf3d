package chat.foyer.channel.database;

/** What the places are called where the events of a layer lie, so that none can be moved to another unseen. Immutable. */
record Places(String layer) {
    String mailbox(String channel) {
        return layer + ":mailbox:" + channel;
    }

    String group(String group) {
        return layer + ":group:" + group;
    }

    String control() {
        return layer + ":control";
    }
}
