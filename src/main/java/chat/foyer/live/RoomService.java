package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Limit;
import chat.foyer.config.Setting;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Connection;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.Threads;
import chat.foyer.message.Draft;
import chat.foyer.message.Message;
import chat.foyer.protocol.ServerFrame;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What can be done in a live room: enter it, say something, leave it. Thread-safe; no method waits. */
@ApplicationScoped
public class RoomService {
    /** nginx closes a socket that is idle for 60 s. */
    private static final long PING_SECONDS = 25;

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3 * PING_SECONDS);

    @Inject
    Configuration configuration;

    @Inject
    GroupRegistry groups;

    @Inject
    SocketLimits sockets;

    @Inject
    Threads threads;

    private ScheduledFuture<?> pinging;

    @PostConstruct
    void start() {
        pinging = threads.clock().scheduleWithFixedDelay(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        pinging.cancel(false);
    }

    /**
     * Lets the connection into its room; from now on it sees everything said there.
     *
     * @throws ChatException when it is one too many
     */
    RoomVisitor enter(Connection connection) {
        sockets.admit(connection);
        groups.join(connection, new ServerFrame.Welcome(connection.room().text(), connection.user(), limits()));
        return new RoomVisitor(connection, this, new Pace(configuration, threads.clock()));
    }

    /** Forgets the visitor; calling it again does nothing. */
    void leave(RoomVisitor visitor) {
        visitor.stop();
        leave(visitor.connection());
    }

    private void leave(Connection connection) {
        if (groups.leave(connection)) {
            sockets.release(connection);
        }
    }

    /** Asks every client for a sign of life, and gives up those who gave none, since onClose may never come for them. */
    private void ping() {
        long now = System.nanoTime();
        for (Connection connection : groups.connections()) {
            if (connection.silentNanos(now) < SILENCE_NANOS) {
                connection.outbox().ping();
            } else {
                connection.outbox().close(Fault.SILENT, Fault.SILENT.sentence());
                leave(connection);
            }
        }
    }

    /** @throws ChatException when the draft breaks a rule that holds for every message */
    void check(Draft draft) {
        draft.checkLength(configuration.get(Settings.MESSAGE_LIMIT));
    }

    /** Says it in the connection's room. */
    void post(Connection connection, Draft draft) {
        groups.show(new Message(
                UUID.randomUUID().toString(),
                connection.room(),
                connection.user(),
                draft.ref(),
                draft.body(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    private ServerFrame.Limits limits() {
        return new ServerFrame.Limits(
                number(Settings.FRAME_LIMIT),
                number(Settings.MESSAGE_LIMIT),
                number(Settings.RATE_LIMIT),
                number(Settings.BURST_LIMIT));
    }

    private Long number(Setting<Limit> setting) {
        Limit limit = configuration.get(setting);
        return limit.value().isPresent() ? limit.value().getAsLong() : null;
    }
}
