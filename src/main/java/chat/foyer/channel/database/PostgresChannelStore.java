package chat.foyer.channel.database;

import chat.foyer.channel.Seal;
import chat.foyer.database.Database;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The SQL of a channel layer in PostgreSQL. Thread-safe. */
final class PostgresChannelStore extends ChannelStore {
    private static final int NOTIFICATION_BYTES = 7_900; // PostgreSQL takes less than 8,000
    private static final int BYTES_A_CHAR = 3; // at most, in UTF-8

    private final Heard heard = new Heard(this);
    private final String channel;

    PostgresChannelStore(Database database, String layer, Duration expiry, Duration groupExpiry) {
        super(database, layer, expiry, groupExpiry);
        channel = channel(database, layer);
    }

    /**
     * A PostgreSQL database has one set of these names, even where several installations share it, and lets every user of the
     * database listen and notify; so it is one that nobody else knows.
     */
    static String channel(Database database, String layer) {
        return "foyer_" + new Seal(database.hintKey()).nameOf(layer);
    }

    @Override
    boolean notifies() {
        return true;
    }

    @Override
    News listen() throws SQLException {
        return PostgresNews.on(database.connectApart(), channel, heard);
    }

    @Override
    List<Stored> take(Map<String, Integer> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        // an array, since a subquery with LIMIT may be run again for every row
        return bounded(handle -> handle.createQuery("""
                        WITH taken AS (
                            DELETE FROM channel_event WHERE id = ANY(ARRAY(
                                SELECT first.id
                                FROM unnest(CAST(:mailboxes AS TEXT[]), CAST(:most AS INTEGER[])) AS wanted (mailbox, most)
                                CROSS JOIN LATERAL (
                                    SELECT e.id FROM channel_event e
                                    WHERE e.layer = :layer AND e.mailbox = wanted.mailbox
                                        AND e.expires_at > CURRENT_TIMESTAMP
                                    ORDER BY e.id LIMIT wanted.most FOR UPDATE SKIP LOCKED) first))
                            RETURNING id, channel, event, expires_at)
                        SELECT id, channel, event, expires_at, CURRENT_TIMESTAMP AS now FROM taken ORDER BY id
                        """)
                .bind("layer", layer)
                .bindArray("mailboxes", String.class, wanted.keySet().toArray())
                .bindArray("most", Integer.class, wanted.values().toArray())
                .map((row, context) -> stored(row))
                .list());
    }

    @Override
    void tell(Handle handle, List<String> messages, Set<String> mailboxes) {
        List<String> notifications = new ArrayList<>();
        for (String message : messages) {
            notifications.add(Message.mustReachAll(message) || !fits(message) ? kept(handle, message) : message);
        }
        mailboxes.forEach(mailbox -> notifications.add(Message.newsOf(mailbox)));
        if (!notifications.isEmpty()) {
            handle.createQuery("""
                            SELECT CAST(pg_notify(:channel, one) AS TEXT)
                            FROM (SELECT one FROM unnest(CAST(:all AS TEXT[])) WITH ORDINALITY AS every (one, place)
                                ORDER BY place) AS ordered
                            """)
                    .bind("channel", channel)
                    .bindArray("all", String.class, notifications.toArray())
                    .mapTo(String.class)
                    .list();
        }
    }

    private String kept(Handle handle, String message) {
        return PostgresNews.kept(keep(handle, List.of(message))
                .executePreparedBatch("id")
                .mapTo(Long.class)
                .one());
    }

    private static boolean fits(String message) {
        return message.length() * BYTES_A_CHAR <= NOTIFICATION_BYTES
                || (message.length() <= NOTIFICATION_BYTES
                        && message.getBytes(StandardCharsets.UTF_8).length <= NOTIFICATION_BYTES);
    }
}
