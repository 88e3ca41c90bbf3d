package chat.foyer.channel.database;

import chat.foyer.channel.ChannelNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * News that PostgreSQL notifies a connection of. What was too long for a notification, or must not be missed while a connection
 * is lost, is kept in a table, and the notification gives its number.
 *
 * <p>A heartbeat to itself shows that the connection lives and that notifications really come, which a pooler in between may
 * prevent.
 */
final class PostgresNews implements News {
    private static final String BEAT = "b"; // begins no message
    private static final Pattern KEPT = Pattern.compile("#[0-9]{1,18}");
    private static final int SILENCE_MILLIS = 6_000;
    private static final int BEAT_MILLIS = 2_000;

    private final Connection connection;
    private final PGConnection notified;
    private final Handle handle;
    private final String channel;
    private final Heard heard;
    private final String beat = BEAT + ChannelNames.random(); // not the session's number: a pooler has others
    private long nextBeatNanos = System.nanoTime();
    private long heardBeatNanos = nextBeatNanos;

    private PostgresNews(Connection connection, String channel, Heard heard) throws SQLException {
        this.connection = connection;
        this.channel = channel;
        this.heard = heard;
        connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
        notified = connection.unwrap(PGConnection.class);
        handle = Jdbi.open(connection);
        handle.execute("LISTEN \"" + channel + "\"");
        heard.resume(handle);
        heard.read(handle); // after LISTEN, so that nothing falls in between
        long opened = heardBeatNanos;
        while (heardBeatNanos == opened) {
            hear();
        }
    }

    /** Listens on this connection, which is closed when this fails. */
    static PostgresNews on(Connection connection, String channel, Heard heard) throws SQLException {
        try {
            return new PostgresNews(connection, channel, heard);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The notification by which others learn that this was kept. */
    static String kept(long id) {
        return "#" + id;
    }

    @Override
    public List<String> next() throws SQLException {
        List<String> before = heard.handOn();
        if (!before.isEmpty()) {
            return before;
        }
        hear();
        return heard.handOn();
    }

    /** Waits for something to hear, at most until the next heartbeat. */
    private void hear() throws SQLException {
        long now = System.nanoTime();
        if (now - nextBeatNanos >= 0) {
            handle.select("SELECT CAST(pg_notify(?, ?) AS TEXT)", channel, beat)
                    .mapTo(String.class)
                    .list();
            nextBeatNanos = now + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
        }
        PGNotification[] arrived =
                notified.getNotifications((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nextBeatNanos - now)));
        for (PGNotification notification : arrived == null ? new PGNotification[0] : arrived) {
            hear(notification.getParameter());
        }
        if (System.nanoTime() - heardBeatNanos > TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS)) {
            throw new SQLException("notifications do not arrive; a pooler in between must keep sessions");
        }
    }

    private void hear(String text) {
        if (text.equals(beat)) {
            heardBeatNanos = System.nanoTime();
        } else if (KEPT.matcher(text).matches()) {
            heard.read(handle, Long.parseLong(text.substring(1)));
        } else if (!text.startsWith(BEAT)) { // another node's
            heard.add(text);
        }
    }

    @Override
    public void nudge() {
        // PostgreSQL tells this process of what it wrote as it tells all
    }

    @Override
    public void close() {
        try {
            connection.abort(Runnable::run); // unlike close() it does not wait for whoever listens
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
