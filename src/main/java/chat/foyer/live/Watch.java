package chat.foyer.live;

import chat.foyer.database.Database;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.OneAtATime;
import chat.foyer.group.Socket;
import chat.foyer.group.Threads;
import chat.foyer.presence.Presence;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds for connections that are no more, whatever the server believes, and for a database that this
 * node has lost. Thread-safe.
 */
final class Watch {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Watch.class), 1);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int STRANDED_AFTER = 2; // questions to the database without an answer

    /** nginx closes a socket that is idle for 60 s. */
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(70);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Every client answers the ping that it gets with its first frame; one that vanished in the handshake does not. */
    private static final long FIRST_WORD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long OPENING_NANOS = TimeUnit.SECONDS.toNanos(30); // or its socket never opened

    /** For so long Linux tries to reach a peer that is gone; then the server hears of it. */
    private static final long LINGER_MINUTES = 16;

    private final GroupRegistry groups;
    private final SocketLimits sockets;
    private final Presence presence;
    private final Database database;
    private final Threads threads;
    private ScheduledFuture<?> watching;
    private final Runnable databaseCheck = new OneAtATime(this::lookForDatabase);
    private volatile int unanswered; // how many times in a row the database was asked in vain; written by that check

    Watch(GroupRegistry groups, SocketLimits sockets, Presence presence, Database database, Threads threads) {
        this.groups = groups;
        this.sockets = sockets;
        this.presence = presence;
        this.database = database;
        this.threads = threads;
    }

    void start() {
        long millis = INTERVAL.toMillis();
        watching = threads.clock().scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        watching.cancel(false);
    }

    /** Whether this node has lost the database that others may still have. */
    boolean isStranded() {
        return unanswered >= STRANDED_AFTER;
    }

    private void look() {
        threads.readers().execute(databaseCheck);
        long now = System.nanoTime();
        for (Socket connection : groups.connections()) {
            try {
                lookAt(connection, now);
            } catch (RuntimeException | Error e) { // either would end the schedule for ever
                LOG.warn("A connection could not be watched: {}", e);
            }
        }
    }

    /** Where there is only this node its clients stay; the bus does not tell, since one node has one, too. */
    private void lookForDatabase() {
        boolean othersMayHaveIt = presence.hasCompany() && !database.embedded();
        unanswered = !othersMayHaveIt || database.answers() ? 0 : unanswered + 1;
        if (isStranded()) {
            groups.sendAllAway(INTERVAL, Fault.RESTARTING, Fault.UNAVAILABLE.sentence());
        }
    }

    /** Asks a quiet client for a sign of life, and gives up those who give none. */
    private void lookAt(Socket connection, long now) {
        long silent = connection.silentNanos(now);
        long unreturned = connection.outbox().unansweredNanos(now);
        boolean neverThere = !connection.wasHeard() && (unreturned > FIRST_WORD_NANOS || silent > OPENING_NANOS);
        if (neverThere) {
            giveUp(connection, Fault.SILENT);
            sockets.release(connection); // onClose never comes for it
        } else if (silent > SILENCE_NANOS) {
            giveUp(connection, Fault.SILENT);
        } else if (unreturned > STUCK_NANOS) {
            giveUp(connection, Fault.TOO_SLOW);
        } else if (silent > PING_NANOS) {
            connection.outbox().ping();
        }
    }

    /**
     * Forgets the connection, but not yet the socket: a client that does not take the close either keeps it open, and
     * could else open as many as it likes.
     */
    private void giveUp(Socket connection, Fault reason) {
        connection.outbox().close(reason, reason.sentence());
        groups.leave(connection);
        threads.clock().schedule(() -> sockets.release(connection), LINGER_MINUTES, TimeUnit.MINUTES);
    }
}
