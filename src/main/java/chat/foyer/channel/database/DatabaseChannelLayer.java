package chat.foyer.channel.database;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.ChannelNames;
import chat.foyer.channel.ConnectionWatcher;
import chat.foyer.channel.ConnectionWatchers;
import chat.foyer.channel.EventCipher;
import chat.foyer.channel.EventCipher.UnreadableException;
import chat.foyer.channel.EventText;
import chat.foyer.channel.Events;
import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.LocalChannels;
import chat.foyer.channel.MailboxReader;
import chat.foyer.database.Database;
import chat.foyer.fault.ThrottledLog;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A channel layer over the database. Thread-safe.
 *
 * <p>All nodes hear what is sent to any group and hand it to the members that are channels of theirs; members that are no channel
 * of one process stand in a table. Channels that are not of the sender's process are mailboxes in a table.
 *
 * <p>Invariant: which groups a process-specific channel is in is known to its process alone; others send it an order
 * and wait until it is obeyed. So it is a member once, whoever adds it, and its process can always take it out.
 *
 * <p>Events for groups that are sent while the database is away wait in a bounded queue; those that were under way when it went
 * are lost, as "at most once" says.
 */
final class DatabaseChannelLayer implements ChannelLayer {
    private static final ThrottledLog STRANGE =
            new ThrottledLog(LoggerFactory.getLogger(DatabaseChannelLayer.class), 1);

    private final boolean spansNodes;
    private final Places places;
    private final EventText words;
    private final LocalChannels local;
    private final ConnectionWatchers watchers = new ConnectionWatchers();
    private final DatabaseListener listener;
    private final DatabaseWriter writer;
    private final DatabaseMailboxes mailboxes;
    private final MailboxReader reader;
    private final Orders orders = new Orders();

    private DatabaseChannelLayer(
            Database database,
            String layer,
            String node,
            LayerOptions options,
            Optional<EventCipher> cipher,
            boolean spansNodes,
            ThreadFactory threads) {
        this.spansNodes = spansNodes;
        places = new Places(layer);
        words = new EventText(cipher);
        local = new LocalChannels(node, options);
        ChannelStore store = ChannelStore.of(database, layer, options.expiry(), options.groupExpiry());
        listener = new DatabaseListener(store, this::heard, watchers, threads);
        mailboxes = new DatabaseMailboxes(store, places, words, listener::isLive);
        writer = new DatabaseWriter(
                store,
                handle -> new Batch(store, handle, places, words, local::capacity),
                store.notifies() ? () -> {} : this::look,
                this::tidy,
                listener::isLive,
                threads);
        reader = new MailboxReader(local, mailboxes, "foyer-database-mailboxes", threads);
    }

    /** @param spansNodes whether processes other than this one can reach the database */
    static DatabaseChannelLayer open(
            Database database,
            String layer,
            String node,
            LayerOptions options,
            Optional<EventCipher> cipher,
            boolean spansNodes,
            ThreadFactory threads) {
        DatabaseChannelLayer opened =
                new DatabaseChannelLayer(database, layer, node, options, cipher, spansNodes, threads);
        opened.listener.start();
        opened.writer.start();
        opened.reader.start();
        return opened;
    }

    /** What this process has written concerns it first. */
    private void look() {
        listener.nudge();
        mailboxes.wake();
    }

    private void heard(String wire) {
        Optional<Message> message = Message.of(wire);
        if (message.isEmpty()) {
            STRANGE.warn("Ignored something on the layer {} that no node of ours says", places.layer());
            return;
        }
        try {
            String subject = message.get().subject();
            switch (message.get().kind()) {
                case MAILBOX -> mailboxes.news(subject);
                case ORDER -> obey(words.read(places.control(), message.get().text()));
                case EVENT -> {
                    if (local.hasMembers(subject)) {
                        local.deliver(
                                subject,
                                words.read(places.group(subject), message.get().text()));
                    }
                }
            }
        } catch (UnreadableException e) {
            STRANGE.warn("Ignored something on the layer {} that is not ours: {}", places.layer(), e.getMessage());
        }
    }

    /** What another process, or this one, wants all of them to do, or one of them. */
    private void obey(JsonObject order) {
        String id = order.getString("id");
        switch (Orders.Type.valueOf(order.getString("type"))) {
            case FLUSH -> {
                local.clear();
                orders.confirmed(id);
            }
            case ADD -> {
                if (local.isOwn(order.getString("channel"))) {
                    local.add(order.getString("group"), order.getString("channel"));
                    say(Orders.text(Orders.Type.CONFIRM, id));
                }
            }
            case DISCARD -> {
                if (local.isOwn(order.getString("channel"))) {
                    local.discard(order.getString("group"), order.getString("channel"));
                    say(Orders.text(Orders.Type.CONFIRM, id));
                }
            }
            case CONFIRM -> orders.confirmed(id);
        }
    }

    private CompletableFuture<Void> say(String order) {
        return done(order.length(), batch -> batch.order(order));
    }

    private void tidy() {
        local.tidyIfDue();
        orders.giveUpTheUnconfirmed();
    }

    @Override
    public CompletionStage<Void> send(String channel, JsonObject event) {
        ChannelNames.requireChannel(channel);
        if (local.isOwn(channel)) {
            return local.send(channel, event);
        }
        String text = Events.text(event);
        CompletableFuture<Boolean> taken = writer.soon(text.length(), batch -> {
            Sending sending = batch.send(channel, text);
            return () -> sending.full() == 0;
        });
        return local.unlessFull(taken, channel);
    }

    @Override
    public CompletableFuture<JsonObject> receive(String channel) {
        return reader.receive(ChannelNames.requireChannel(channel));
    }

    @Override
    public String newChannel(String prefix) {
        return local.newChannel(prefix);
    }

    @Override
    public String newChannel(String prefix, int capacity) {
        return local.newChannel(prefix, capacity);
    }

    @Override
    public CompletionStage<Void> groupAdd(String group, String channel) {
        ChannelNames.requireGroup(group);
        ChannelNames.requireChannel(channel);
        if (local.isOwn(channel)) {
            local.add(group, channel);
            return CompletableFuture.completedFuture(null);
        }
        return ChannelNames.owner(channel).isPresent()
                ? tellOwner(Orders.Type.ADD, group, channel)
                : done(0, batch -> batch.join(group, channel));
    }

    @Override
    public CompletionStage<Void> groupDiscard(String group, String channel) {
        ChannelNames.requireGroup(group);
        ChannelNames.requireChannel(channel);
        if (local.isOwn(channel)) {
            local.discard(group, channel);
            return CompletableFuture.completedFuture(null);
        }
        return ChannelNames.owner(channel).isPresent()
                ? tellOwner(Orders.Type.DISCARD, group, channel)
                : done(0, batch -> batch.leave(group, channel));
    }

    private CompletableFuture<Void> tellOwner(Orders.Type type, String group, String channel) {
        return orders.await(type, id -> say(Orders.text(type, id, group, channel)));
    }

    private CompletableFuture<Void> done(int chars, Consumer<Batch> work) {
        return writer.soon(chars, batch -> {
            work.accept(batch);
            return () -> null;
        });
    }

    @Override
    public CompletionStage<Void> groupSend(String group, JsonObject event) {
        ChannelNames.requireGroup(group);
        String text = Events.text(event);
        return writer.whenThere(text.length(), batch -> {
            Sending sending = batch.sendToGroup(group, text);
            return () -> {
                local.reportFull(sending.full(), sending.letters().size(), group);
                return null;
            };
        });
    }

    /** Completes when this node hears of it, so that what was sent before has been delivered and is forgotten with the rest. */
    @Override
    public CompletionStage<Void> flush() {
        return orders.await(Orders.Type.FLUSH, id -> {
            String order = Orders.text(Orders.Type.FLUSH, id);
            return done(order.length(), batch -> {
                batch.forgetAll();
                batch.order(order);
            });
        });
    }

    @Override
    public BusStatus status() {
        boolean live = listener.isLive() && writer.isLive();
        String detail = listener.isLive() && !live ? "the database takes nothing" : listener.state();
        return new BusStatus("database", spansNodes, live, local.groups().size(), detail);
    }

    @Override
    public void onConnectionChange(ConnectionWatcher watcher) {
        watchers.add(watcher);
    }

    @Override
    public void close() {
        local.close(); // first, so that nobody is left waiting
        reader.close();
        writer.close();
        listener.close();
        orders.close();
    }
}
