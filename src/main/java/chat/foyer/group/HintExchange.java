package chat.foyer.group;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.Seal;
import chat.foyer.database.Database;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.message.Change;
import chat.foyer.message.Committed;
import chat.foyer.message.Draft;
import chat.foyer.message.Message;
import chat.foyer.room.RoomName;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * What this node and the others tell each other of their commits, through the channel layer. Thread-safe, but for {@link
 * #announceHeads}; no method waits. Hints may be lost, late and forged; whoever hears them knows what to do without them.
 *
 * <p>Invariant: a hint says only what its sender has committed, and only one that is signed with the key of our database
 * is shown. What nodes with other databases said is stored in ours first.
 */
final class HintExchange {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(HintExchange.class), 1);
    private static final int NODE_CHANNEL_CAPACITY = 10_000;

    /** How wrong the clock of a node with another database may be. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

    /** Who hears what the others tell. No method may block. */
    interface Listener {
        void show(Message message);

        void head(RoomName room, long head);

        void importForeign(Change.Import change);
    }

    private final ChannelLayer layer;
    private final Database database;
    private final Seal seal;
    private final Listener listener;
    private final String nodeChannel;

    /** The rooms in which this node stored something, with the head since; those that fell quiet are announced once. */
    private final ConcurrentHashMap<RoomName, Long> headsToAnnounce = new ConcurrentHashMap<>();

    private Map<RoomName, Long> headsOneSweepAgo = Map.of(); // belongs to the caller of announceHeads

    HintExchange(ChannelLayer layer, Database database, Listener listener) {
        this.layer = layer;
        this.database = database;
        this.seal = new Seal(database.hintKey());
        this.listener = listener;
        this.nodeChannel = layer.newChannel("node", NODE_CHANNEL_CAPACITY);
    }

    void start() {
        receive();
    }

    /** The channel on which the node hears the groups that it is in. */
    String nodeChannel() {
        return nodeChannel;
    }

    /** Tells the others what was committed here. */
    void tellOthers(List<Committed> changes) {
        if (!layer.status().spansNodes()) {
            return;
        }
        Map<RoomName, List<Committed>> own = new LinkedHashMap<>();
        for (Committed change : changes) {
            boolean forThisNodeAlone = database.embedded() && !change.open();
            if (!change.imported() && !forThisNodeAlone) {
                own.computeIfAbsent(change.message().room(), room -> new ArrayList<>())
                        .add(change);
            }
        }
        own.forEach((room, done) -> {
            List<Message> messages = done.stream().map(Committed::message).toList();
            boolean open = done.stream().allMatch(Committed::open);
            // after a retry there may be some among them that were known before
            long head = messages.stream().mapToLong(Message::rev).max().orElseThrow();
            send(room, messages, headsToAnnounce.merge(room, head, Math::max), open);
        });
    }

    /** A lost hint is noticed by the next one of its room; for the last one before a silence this takes its place. */
    void announceHeads() {
        headsOneSweepAgo.forEach((room, head) -> {
            if (headsToAnnounce.remove(room, head)) {
                send(room, List.of(), head, false);
            }
        });
        headsOneSweepAgo = Map.copyOf(headsToAnnounce);
    }

    private void send(RoomName room, List<Message> messages, long head, boolean open) {
        Hint hint = new Hint(nodeChannel, database.epoch(), room, messages, head, open);
        layer.groupSend(room.group(), hint.toEvent(seal));
    }

    private void receive() {
        CompletableFuture<JsonObject> next = layer.receive(nodeChannel).toCompletableFuture();
        while (next.isDone() && !next.isCompletedExceptionally()) {
            heard(next.join());
            next = layer.receive(nodeChannel).toCompletableFuture();
        }
        next.thenAccept(event -> {
            try {
                heard(event);
            } finally { // whatever happens, or the node would be deaf for ever
                receive();
            }
        });
    }

    private void heard(JsonObject event) {
        try {
            Hint hint = Hint.of(event);
            if (hint.sender().equals(nodeChannel)) {
                return;
            }
            if (!hint.epoch().equals(database.epoch())) {
                importForeign(hint);
            } else if (seal.isOn(event)) {
                show(hint);
            } else {
                LOG.warn("Ignored a hint for room {} that is not signed with the key of our database", hint.room());
            }
        } catch (RuntimeException e) { // whatever a stranger on the bus sends, the next event must still be read
            LOG.warn("Ignored an event on the bus that is no hint of ours: {}", e.toString());
        }
    }

    private void show(Hint hint) {
        hint.changes().forEach(listener::show);
        if (hint.changes().isEmpty()) {
            listener.head(hint.room(), hint.head());
        }
    }

    /** Nodes with databases of their own still chat: what one stores the others store too, each in its own order. */
    private void importForeign(Hint hint) {
        if (!hint.open()) {
            return; // rooms with doors belong to one database
        }
        if (!database.embedded()) {
            LOG.warn("Ignored a hint of another database, {}: all nodes on this bus must share one", hint.epoch());
            return;
        }
        Instant now = Instant.now();
        for (Message message : hint.changes()) {
            boolean credible = Duration.between(message.at(), now).abs().compareTo(CLOCK_TOLERANCE) < 0;
            if (message.kind() == Message.Kind.POSTED && credible) {
                Draft draft = new Draft(message.ref(), message.spoken()); // files stay in their database
                listener.importForeign(
                        new Change.Import(message.room(), message.author(), draft, message.id(), message.at()));
            }
        }
    }
}
