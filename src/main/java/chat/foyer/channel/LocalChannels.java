package chat.foyer.channel;

import chat.foyer.fault.ThrottledLog;
import jakarta.json.JsonObject;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * The channels of this process and the groups they are in: what every channel layer needs, whatever its bus.
 * Thread-safe.
 *
 * <p>Invariant: a group is in the map exactly while it has members; both change inside one {@code compute} of its key.
 */
public final class LocalChannels {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(LocalChannels.class), 1);

    private final String node;
    private final ConcurrentHashMap<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<String>> groups = new ConcurrentHashMap<>();

    public LocalChannels(String node) {
        this.node = node;
    }

    public String newChannel(String prefix, int capacity) {
        String channel = ChannelNames.requireChannel(prefix + "." + node + "!" + ChannelNames.random());
        mailboxes.put(channel, new Mailbox(capacity));
        return channel;
    }

    public CompletableFuture<JsonObject> receive(String channel) {
        return mailbox(channel).receive();
    }

    public void add(String group, String channel) {
        mailbox(channel);
        groups.compute(ChannelNames.requireGroup(group), (name, members) -> {
            Set<String> all = members == null ? ConcurrentHashMap.newKeySet() : members;
            all.add(channel);
            return all;
        });
    }

    public void discard(String group, String channel) {
        groups.computeIfPresent(ChannelNames.requireGroup(group), (name, members) -> {
            members.remove(channel);
            return members.isEmpty() ? null : members;
        });
    }

    /** Whether any channel of this process is in the group. */
    public boolean hasMembers(String group) {
        return groups.containsKey(group);
    }

    /** The groups that have members in this process, as of now. */
    public Set<String> groups() {
        return Set.copyOf(groups.keySet());
    }

    /** Puts the event into the mailbox of every member in this process. */
    public void deliver(String group, JsonObject event) {
        Set<String> members = groups.getOrDefault(group, Set.of());
        int full = 0;
        for (String channel : members) {
            Mailbox mailbox = mailboxes.get(channel);
            if (mailbox != null && !mailbox.offer(event)) {
                full++;
            }
        }
        if (full > 0) {
            LOG.warn("{} of {} channels over capacity in group {}", full, members.size(), group);
        }
    }

    public void close() {
        groups.clear();
        mailboxes.values().forEach(Mailbox::close);
    }

    private Mailbox mailbox(String channel) {
        Mailbox mailbox = mailboxes.get(ChannelNames.requireChannel(channel));
        if (mailbox == null) {
            throw new IllegalArgumentException("Channel " + channel + " was not made by this process");
        }
        return mailbox;
    }
}
