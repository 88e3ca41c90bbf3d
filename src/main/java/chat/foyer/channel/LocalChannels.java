package chat.foyer.channel;

import chat.foyer.fault.ThrottledLog;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes of this process and the groups they are in: what every channel layer needs, whatever its bus. Thread-safe;
 * never waits.
 *
 * <p>Invariants: a group is in the map exactly while it has members, and both change inside one {@code compute} of its key.
 * A mailbox leaves the map only after it has retired, so an event or a receiver is never left in one that nobody finds.
 */
public final class LocalChannels {
    private static final ThrottledLog FULL = new ThrottledLog(LoggerFactory.getLogger(LocalChannels.class), 1);
    private static final long TIDY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String node;
    private final LayerOptions options;
    private final AtomicLong tidied = new AtomicLong(System.nanoTime());
    private final ConcurrentHashMap<String, Mailbox> mailboxes = new ConcurrentHashMap<>();

    /** For each group its members and when they were added last. */
    private final ConcurrentHashMap<String, Map<String, Long>> groups = new ConcurrentHashMap<>();

    private volatile boolean closed;

    public LocalChannels(String node, LayerOptions options) {
        this.node = node;
        this.options = options;
    }

    /** @see ChannelLayer#newChannel(String) */
    public String newChannel(String prefix) {
        return ChannelNames.requireChannel(prefix + "." + node + "!" + ChannelNames.random());
    }

    /** @see ChannelLayer#newChannel(String, int) */
    public String newChannel(String prefix, int capacity) {
        String channel = newChannel(prefix);
        mailboxes.put(channel, new Mailbox(capacity, true));
        return channel;
    }

    /** Whether only this process receives from the channel. */
    public boolean isOwn(String channel) {
        return ChannelNames.owner(channel).filter(node::equals).isPresent();
    }

    /** The next event that is put into the mailbox of the channel. */
    public CompletableFuture<JsonObject> receive(String channel) {
        ChannelNames.requireChannel(channel);
        ChannelNames.owner(channel).filter(owner -> !owner.equals(node)).ifPresent(owner -> {
            throw new IllegalArgumentException("Channel " + channel + " belongs to the process " + owner
                    + ": send to it from here, but receive from it there");
        });
        while (!closed) {
            Mailbox mailbox = mailbox(channel);
            Optional<CompletableFuture<JsonObject>> next = mailbox.receive();
            if (next.isPresent()) {
                if (closed) {
                    mailbox.close(); // it may be newer than the closing
                }
                return next.get();
            }
        }
        return CompletableFuture.failedFuture(new LayerClosedException());
    }

    /** @see ChannelLayer#send */
    public CompletableFuture<Void> send(String channel, JsonObject event) {
        return unlessFull(CompletableFuture.completedFuture(offer(channel, Events.require(event))), channel);
    }

    /** What sending to a channel completes with, once it is known whether there was room. */
    public CompletableFuture<Void> unlessFull(CompletableFuture<Boolean> taken, String channel) {
        return taken.thenCompose(yes -> yes
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new ChannelFullException(channel, capacity(channel))));
    }

    /** Puts an event into the mailbox of the channel; false when it is full. */
    public boolean offer(String channel, JsonObject event) {
        return offer(channel, event, options.expiry().toNanos());
    }

    /** The same, for an event that has this long to go. */
    public boolean offer(String channel, JsonObject event, long lifeNanos) {
        while (!closed) {
            switch (mailbox(channel).offer(event, lifeNanos)) {
                case TAKEN -> {
                    return true;
                }
                case FULL -> {
                    return false;
                }
                case RETIRED -> Thread.onSpinWait(); // it is just leaving the map
            }
        }
        return false;
    }

    /** Hands an event to somebody who waits for one of this channel; false when nobody does. */
    public boolean handOver(String channel, JsonObject event) {
        Mailbox mailbox = mailboxes.get(channel);
        return mailbox != null && mailbox.handOver(event);
    }

    /** How many unread events the channel keeps. */
    public int capacity(String channel) {
        Mailbox mailbox = mailboxes.get(channel);
        return mailbox == null ? options.capacities().of(channel) : mailbox.capacity();
    }

    public void add(String group, String channel) {
        ChannelNames.requireChannel(channel);
        groups.compute(ChannelNames.requireGroup(group), (name, members) -> {
            Map<String, Long> all = members == null ? new ConcurrentHashMap<>() : members;
            all.put(channel, System.nanoTime());
            return all;
        });
    }

    public void discard(String group, String channel) {
        ChannelNames.requireChannel(channel);
        groups.computeIfPresent(ChannelNames.requireGroup(group), (name, members) -> {
            members.remove(channel);
            return members.isEmpty() ? null : members;
        });
    }

    /** Whether this channel hears what is delivered to the group in this process. */
    public boolean isMember(String group, String channel) {
        Long added = groups.getOrDefault(group, Map.of()).get(channel);
        return added != null && !hasLapsed(Map.entry(channel, added));
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
        List<String> members = new ArrayList<>(); // who is one is settled before any of them can do something about it
        for (Map.Entry<String, Long> member :
                groups.getOrDefault(group, Map.of()).entrySet()) {
            if (!hasLapsed(member)) { // or tidy() takes it out
                members.add(member.getKey());
            }
        }
        int full = 0;
        for (String member : members) {
            if (!offer(member, event)) {
                full++;
            }
        }
        reportFull(full, members.size(), group);
    }

    /** Says how many members of a group lost an event, if any did. */
    public void reportFull(long full, int members, String group) {
        if (full > 0) {
            FULL.warn("{} of {} channels over capacity in group {}", full, members, group);
        }
    }

    private boolean hasLapsed(Map.Entry<String, Long> member) {
        long now = System.nanoTime();
        long expiry = options.groupExpiry().toNanos();
        return now - member.getValue() >= expiry && now - renewed(member.getKey(), member.getValue()) >= expiry;
    }

    /** Receiving from a channel of this process renews its memberships; of the others nobody here knows. */
    private long renewed(String channel, long added) {
        Mailbox mailbox = isOwn(channel) ? mailboxes.get(channel) : null;
        return mailbox == null
                ? added
                : Math.max(added, mailbox.lastReceiveNanos().orElse(added));
    }

    /**
     * Forgets what has lapsed and what nobody uses, if nobody did within the last minute; to be called now and then.
     *
     * @return the groups that lost their last member here
     */
    public Set<String> tidyIfDue() {
        long last = tidied.get();
        long now = System.nanoTime();
        return now - last > TIDY_NANOS && tidied.compareAndSet(last, now) ? tidy() : Set.of();
    }

    Set<String> tidy() {
        Set<String> emptied = new HashSet<>();
        for (String group : groups.keySet()) {
            Map<String, Long> left = groups.computeIfPresent(group, (name, members) -> {
                members.replaceAll(this::renewed); // before the mailboxes that know of it go
                members.entrySet().removeIf(this::hasLapsed);
                return members.isEmpty() ? null : members;
            });
            if (left == null) {
                emptied.add(group);
            }
        }
        mailboxes.forEach((channel, mailbox) -> {
            if (mailbox.retireIfIdle()) {
                mailboxes.remove(channel, mailbox);
            }
        });
        return emptied;
    }

    /** How many channels are in use in this process. */
    int mailboxes() {
        return mailboxes.size();
    }

    /**
     * Forgets all events and groups.
     *
     * @return the groups that there were
     */
    public Set<String> clear() {
        Set<String> all = groups();
        groups.keySet().removeAll(all);
        mailboxes.values().forEach(Mailbox::clear);
        return all;
    }

    public void close() {
        closed = true;
        groups.clear();
        mailboxes.values().forEach(Mailbox::close);
    }

    private Mailbox mailbox(String channel) {
        return mailboxes.computeIfAbsent(
                channel, name -> new Mailbox(options.capacities().of(name), false));
    }
}
