package chat.foyer.channel.database;

import chat.foyer.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The SQL of one channel layer. Thread-safe. No statement waits longer than {@link #STATEMENT_MILLIS}, or for a connection
 * longer than the pool lets it.
 *
 * <p>Invariant: whoever writes to a layer holds the lock of its row until the end of the transaction; only taking goes without.
 * So a mailbox that was counted does not grow before the letters that fit are in it, and the ids of a layer's events and
 * broadcasts rise in the order of their commits: whoever has read up to one has missed none before it.
 */
abstract class ChannelStore {
    private static final int STATEMENT_MILLIS = 4_000;
    private static final String LATER = "CURRENT_TIMESTAMP + CAST(:millis AS BIGINT) * INTERVAL '0.001' SECOND";

    /** An event that was in a mailbox, and how long it has to go. */
    record Stored(long id, String channel, String event, OffsetDateTime expiresAt, Duration life) {}

    /** Something that was said to all nodes. */
    record Broadcast(long id, String message) {}

    final Database database;
    final String layer;
    private final Duration expiry;
    private final Duration groupExpiry;

    ChannelStore(Database database, String layer, Duration expiry, Duration groupExpiry) {
        this.database = database;
        this.layer = layer;
        this.expiry = expiry;
        this.groupExpiry = groupExpiry;
    }

    static ChannelStore of(Database database, String layer, Duration expiry, Duration groupExpiry) {
        return switch (database.dialect()) {
            case POSTGRESQL -> new PostgresChannelStore(database, layer, expiry, groupExpiry);
            case H2 -> new H2ChannelStore(database, layer, expiry, groupExpiry);
        };
    }

    /** Whether other processes are told of what is written, and need not look. */
    abstract boolean notifies();

    /** Begins to listen to what is said from now on, or since it was last listened to. For one thread. */
    abstract News listen() throws SQLException;

    /**
     * Takes events out of these mailboxes for good, of each at most so many, the oldest first; what another node is just taking
     * is passed over.
     */
    abstract List<Stored> take(Map<String, Integer> wanted);

    /** Says this to all nodes, and that there is something new in these mailboxes. */
    abstract void tell(Handle handle, List<String> messages, Set<String> mailboxes);

    /** Does this in one transaction, in which nobody else writes to this layer. */
    final void write(Consumer<Handle> work) {
        bounded(handle -> handle.inTransaction(transaction -> {
            lock(transaction);
            work.accept(transaction);
            return null;
        }));
    }

    private void lock(Handle handle) {
        String query = "SELECT name FROM channel_layer WHERE name = ? FOR UPDATE";
        if (handle.select(query, layer).mapTo(String.class).findOne().isEmpty()) { // the first time, or after a crash
            handle.execute("INSERT INTO channel_layer (name) VALUES (?) ON CONFLICT DO NOTHING", layer);
            handle.select(query, layer).mapTo(String.class).one();
        }
    }

    /** Lets a connection that hangs fail soon; the pool sets it back. */
    final <T> T bounded(HandleCallback<T, RuntimeException> work) {
        return database.jdbi().withHandle(handle -> {
            try {
                handle.getConnection().setNetworkTimeout(Runnable::run, STATEMENT_MILLIS);
            } catch (SQLException e) {
                throw new ConnectionException(e);
            }
            return work.withHandle(handle);
        });
    }

    /** How many unread events these mailboxes hold. */
    final Map<String, Integer> unread(Handle handle, Collection<String> mailboxes) {
        Map<String, Integer> unread = new HashMap<>();
        handle.createQuery("""
                        SELECT mailbox, COUNT(*) AS unread FROM channel_event
                        WHERE layer = :layer AND mailbox = ANY(:mailboxes) AND expires_at > CURRENT_TIMESTAMP
                        GROUP BY mailbox
                        """)
                .bind("layer", layer)
                .bindArray("mailboxes", String.class, mailboxes.toArray())
                .map((row, context) -> unread.put(row.getString("mailbox"), row.getInt("unread")))
                .list();
        return unread;
    }

    /** Puts these into their mailboxes, in this order. */
    final void put(Handle handle, List<Letter> letters) {
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO channel_event (layer, mailbox, channel, event, expires_at)"
                        + " VALUES (:layer, :mailbox, :channel, :event, " + LATER + ")");
        for (Letter letter : letters) {
            batch.bind("layer", layer)
                    .bind("mailbox", letter.mailbox())
                    .bind("channel", letter.channel())
                    .bind("event", letter.event())
                    .bind("millis", expiry.toMillis())
                    .add();
        }
        batch.execute();
    }

    /** Puts an event back where it was, to be taken before those that were sent later. */
    final void putBack(String mailbox, Stored stored) {
        write(handle -> {
            handle.execute(
                    "INSERT INTO channel_event (id, layer, mailbox, channel, event, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                    stored.id(),
                    layer,
                    mailbox,
                    stored.channel(),
                    stored.event(),
                    stored.expiresAt());
            tell(handle, List.of(), Set.of(mailbox));
        });
    }

    /** The members of these groups that are no channels of one process. */
    final Map<String, List<String>> members(Handle handle, Collection<String> groups) {
        Map<String, List<String>> members = new HashMap<>();
        handle.createQuery("""
                        SELECT group_name, channel FROM channel_member
                        WHERE layer = :layer AND group_name = ANY(:groups) AND expires_at > CURRENT_TIMESTAMP
                        """)
                .bind("layer", layer)
                .bindArray("groups", String.class, groups.toArray())
                .map((row, context) -> members.computeIfAbsent(row.getString("group_name"), group -> new ArrayList<>())
                        .add(row.getString("channel")))
                .list();
        return members;
    }

    final void join(Handle handle, String group, String channel) {
        leave(handle, group, channel);
        handle.createUpdate("INSERT INTO channel_member (layer, group_name, channel, expires_at)"
                        + " VALUES (:layer, :group, :channel, " + LATER + ")")
                .bind("layer", layer)
                .bind("group", group)
                .bind("channel", channel)
                .bind("millis", groupExpiry.toMillis())
                .execute();
    }

    final void leave(Handle handle, String group, String channel) {
        handle.execute(
                "DELETE FROM channel_member WHERE layer = ? AND group_name = ? AND channel = ?", layer, group, channel);
    }

    /** Keeps messages for whoever listens; they must hear of them within the expiry of events. */
    final PreparedBatch keep(Handle handle, List<String> messages) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO channel_broadcast (layer, message, expires_at) VALUES (:layer, :message, " + LATER + ")");
        for (String message : messages) {
            batch.bind("layer", layer)
                    .bind("message", message)
                    .bind("millis", expiry.toMillis())
                    .add();
        }
        return batch;
    }

    /** What was kept after one and up to another, in order. */
    final List<Broadcast> kept(Handle handle, long after, long upTo) {
        return handle.select(
                        "SELECT id, message FROM channel_broadcast WHERE layer = ? AND id > ? AND id <= ?"
                                + " AND expires_at > CURRENT_TIMESTAMP ORDER BY id",
                        layer,
                        after,
                        upTo)
                .map((row, context) -> new Broadcast(row.getLong("id"), row.getString("message")))
                .list();
    }

    /** The last that was kept. */
    final OptionalLong lastKept(Handle handle) {
        return handle.select("SELECT MAX(id) FROM channel_broadcast WHERE layer = ?", layer)
                .map((row, context) -> {
                    long id = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
                })
                .one();
    }

    /** Leaves no event, no broadcast and no member. */
    final void forgetAll(Handle handle) {
        handle.execute("DELETE FROM channel_event WHERE layer = ?", layer);
        handle.execute("DELETE FROM channel_broadcast WHERE layer = ?", layer);
        handle.execute("DELETE FROM channel_member WHERE layer = ?", layer);
    }

    /** Removes what nobody can receive any more. */
    final void deleteExpired() {
        write(handle -> List.of("channel_event", "channel_broadcast", "channel_member")
                .forEach(table -> handle.execute(
                        "DELETE FROM " + table + " WHERE layer = ? AND expires_at < CURRENT_TIMESTAMP", layer)));
    }

    static Stored stored(ResultSet row) throws SQLException {
        OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        return new Stored(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("event"),
                expiresAt,
                Duration.between(row.getObject("now", OffsetDateTime.class), expiresAt));
    }
}
