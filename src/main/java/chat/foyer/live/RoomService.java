package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Limit;
import chat.foyer.config.Settings;
import chat.foyer.database.Database;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.file.UploadLimit;
import chat.foyer.group.Connection;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.Threads;
import chat.foyer.message.Change;
import chat.foyer.message.Draft;
import chat.foyer.message.Message;
import chat.foyer.message.MessageLog;
import chat.foyer.message.MessageStore;
import chat.foyer.message.Outcome;
import chat.foyer.presence.Attendance;
import chat.foyer.presence.Presence;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.reading.Sidebars;
import chat.foyer.room.Access;
import chat.foyer.room.Doors;
import chat.foyer.room.Right;
import chat.foyer.room.Room;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * What can be done in a live room: enter it, say and change things, read back, leave. Thread-safe; only entering and
 * reading a page wait, for the database.
 */
@ApplicationScoped
public class RoomService {
    /** How many messages one page of history has at most. */
    public static final int MAX_PAGE = 200;

    private static final int PAGE = 50;
    private static final int QUICK_TO_TELL = 20; // people

    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(RoomService.class), 1);

    private static final long PREPARE_SECONDS = 3;

    @Inject
    Configuration configuration;

    @Inject
    Database database;

    @Inject
    Doors doors;

    @Inject
    GroupRegistry groups;

    @Inject
    MessageLog log;

    @Inject
    MessageStore store;

    @Inject
    Presence presence;

    @Inject
    Revocations revocations;

    @Inject
    Sidebars sidebars;

    @Inject
    SocketLimits sockets;

    @Inject
    Threads threads;

    @Inject
    UploadLimit uploadLimit;

    private Watch watch;
    private Expiry expiry;

    @PostConstruct
    void start() {
        expiry = new Expiry(groups, threads);
        expiry.start();
        watch = new Watch(groups, sockets, presence, database, threads);
        watch.start();
    }

    @PreDestroy
    void stop() {
        expiry.stop();
        watch.stop();
    }

    /**
     * Asks the doors of this room for somebody who wants to listen there. The feed of the room has begun before, so no change
     * after the answer is missed by it.
     *
     * @throws ChatException when they may not, or when the database is away
     */
    Access admit(RoomName room, Identity identity) {
        refuseIfStranded();
        awaitPrepared(room);
        Access access = available(() -> doors.access(room, identity));
        if (access.allows(Right.READ) && !access.name().equals(room)) {
            return admit(access.name(), identity); // it has been renamed, and the feed of its name begins first
        }
        doors.require(access, identity, Right.READ);
        if (access.room().map(Room::archived).orElse(false)) {
            throw new ChatException(Fault.ARCHIVED);
        }
        return access;
    }

    private static <T> T available(Supplier<T> question) {
        try {
            return question.get();
        } catch (ChatException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("A room cannot be looked up: {}", e);
            throw new ChatException(Fault.UNAVAILABLE);
        }
    }

    /**
     * Lets the connection into its room; from now on it sees every change there, after those since the cursor. The first
     * connection of a room waits for the bus and the database.
     *
     * @throws ChatException when it is one too many
     */
    RoomVisitor enter(Connection connection, Optional<Cursor> cursor) {
        RoomVisitor visitor = new RoomVisitor(connection, this, new Pace(configuration, threads.clock()));
        sockets.admit(connection);
        try {
            boolean ofThisDatabase = cursor.isPresent()
                    && cursor.get().epoch().equals(database.epoch().toString());
            boolean ofAnother = cursor.isPresent() && !ofThisDatabase;
            groups.join(
                    connection,
                    ofThisDatabase ? OptionalLong.of(cursor.get().after()) : OptionalLong.empty(),
                    (head, missed) -> welcome(connection, head, ofAnother ? Optional.empty() : missed));
            revocations.check(connection);
            if (!connection.user().guest()) {
                sidebars.entered(connection.user().id(), connection.room());
            }
        } catch (RuntimeException e) {
            sockets.release(connection);
            throw e;
        }
        return visitor;
    }

    /** @throws ChatException ({@link Fault#UNAVAILABLE}) while this node has lost a database that others may still have */
    void refuseIfStranded() {
        if (watch.isStranded()) {
            throw new ChatException(Fault.UNAVAILABLE);
        }
    }

    private void awaitPrepared(RoomName room) {
        try {
            groups.prepare(room).toCompletableFuture().get(PREPARE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new ChatException(Fault.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(Fault.UNAVAILABLE);
        }
    }

    /** Tells where the room stands and what the client missed; what happens later waits in the held outbox meanwhile. */
    private void welcome(Connection connection, long head, Optional<List<Message>> missed) {
        boolean plain = connection.wire() == Wire.PLAIN; // is told nothing of this
        boolean quick = plain || presence.in(connection.room(), 0).count() <= QUICK_TO_TELL;
        if (quick && missed.isPresent() && missed.get().isEmpty()) {
            connection.welcome(welcome(connection, head));
            return;
        }
        threads.readers()
                .execute(
                        () -> { // encoding hundreds of messages or people would hold up the room
                            List<ServerFrame> first = new ArrayList<>();
                            first.add(welcome(connection, head));
                            missed.ifPresentOrElse(
                                    messages -> messages.stream()
                                            .map(ServerFrame::of)
                                            .forEach(first::add),
                                    () -> first.add(new ServerFrame.Resync(head)));
                            connection.welcome(first.toArray(ServerFrame[]::new));
                        });
    }

    private ServerFrame welcome(Connection connection, long head) {
        Attendance attendance = presence.in(connection.room(), ServerFrame.MOST_PRESENT);
        return new ServerFrame.Welcome(
                connection.room().text(),
                connection.user(),
                head,
                database.epoch().toString(),
                attendance.people(),
                attendance.count(),
                limits());
    }

    void typing(Connection connection) {
        presence.typing(connection);
    }

    void away(Connection connection, boolean away) {
        presence.away(connection, away);
    }

    /** Forgets the visitor; calling it again does nothing. */
    void leave(RoomVisitor visitor) {
        visitor.pace().stop();
        groups.leave(visitor.connection());
        sockets.release(visitor.connection());
    }

    /** @throws ChatException when the draft breaks a rule that holds for every message */
    void check(Draft draft) {
        draft.checkLength(configuration.get(Settings.MESSAGE_LIMIT));
    }

    /** Says something; the room sees it once it is stored. Whether they may is decided there, in the order of the room. */
    CompletionStage<Outcome> post(RoomName room, Identity author, InetAddress address, Draft draft) {
        Optional<String> from = author.isGuest() ? Optional.of(address.getHostAddress()) : Optional.empty();
        return log.submit(new Change.Post(room, author.user(), draft, from));
    }

    CompletionStage<Outcome> post(Connection connection, Draft draft) {
        return post(connection.room(), connection.identity(), connection.address(), draft);
    }

    CompletionStage<Outcome> edit(Connection connection, UUID message, Draft draft) {
        return log.submit(new Change.Edit(connection.room(), connection.user(), message, draft));
    }

    CompletionStage<Outcome> delete(Connection connection, UUID message, String ref) {
        Identity author = connection.identity();
        return log.submit(new Change.Delete(connection.room(), author.user(), author.isAdministrator(), message, ref));
    }

    /** Does something to the room itself; everybody in it hears of it in its turn. */
    CompletionStage<Outcome> alter(RoomName room, Identity author, RoomChange what, String ref) {
        return log.submit(new Change.Alter(room, author.user(), author.isAdministrator(), what, ref));
    }

    /** Begins an open room; what becomes of it is logged, since nobody waits for an answer. */
    public void begin(RoomName room, User maker) {
        RoomChange made = new RoomChange.Create(Room.Kind.OPEN, new RoomChange.Topic(""));
        log.submit(new Change.Alter(room, maker, true, made, UUID.randomUUID().toString()))
                .thenAccept(outcome -> outcome.refusal()
                        .ifPresent(reason -> LOG.warn("The room {} was not begun: {}", room, reason.getMessage())));
    }

    /**
     * Somebody has seen a room up to this place; written down within a second.
     *
     * @param back whether they want to see again what was said after it
     * @throws ChatException for guests, of whom nothing is kept
     */
    void seen(RoomName room, Identity reader, long place, boolean back) {
        if (reader.isGuest()) {
            throw new ChatException(Fault.GUESTS_REFUSED);
        }
        sidebars.seen(reader.user().id(), room, place, back);
    }

    /** Sends the connection a page of the history. */
    void fetch(Connection connection, HistoryRange range) {
        threads.readers().execute(() -> {
            try {
                connection.tell(page(connection.room(), connection.identity(), range));
            } catch (ChatException e) {
                connection.tell(ServerFrame.Failed.of(null, e, connection.words()));
            } catch (RuntimeException e) {
                LOG.warn("The history of room {} could not be read: {}", connection.room(), e);
                connection.tell(ServerFrame.Failed.of(null, new ChatException(Fault.UNAVAILABLE), connection.words()));
            }
        });
    }

    /**
     * How a room looks when a page opens: what a socket that resumes after the head continues without a gap. Immutable.
     *
     * @param access what the reader may do there
     * @param part the latest messages, or those around the one that was asked for
     * @param head the number of the room's last change
     * @param epoch the database to which the number belongs
     * @param missing whether a message was asked for that is not there
     */
    record Opening(Access access, Part part, long head, String epoch, boolean missing) {}

    /**
     * A part of a room's history. Immutable.
     *
     * @param messages oldest first
     * @param older whether there are older messages
     * @param newer whether there are newer ones
     */
    record Part(List<Message> messages, boolean older, boolean newer) {}

    /**
     * The state of a room for a page; waits for the database.
     *
     * @param wanted the message around which it is opened; without one it is opened at its end
     * @throws ChatException when the reader may not know of the room
     */
    Opening open(RoomName room, Identity reader, Optional<UUID> wanted) {
        long head = store.head(room); // first: a change between the two reads is told once more, which does no harm
        OptionalLong place = wanted.map(id -> store.placeOf(room, id)).orElse(OptionalLong.empty());
        Part part = part(room, HistoryRange.of(null, null, place.isPresent() ? place.getAsLong() : null, (long) PAGE));
        return new Opening(
                doors.require(room, reader, Right.READ), // last, see there
                part,
                head,
                database.epoch().toString(),
                wanted.isPresent() && place.isEmpty());
    }

    /**
     * A page of the history; waits for the database.
     *
     * @throws ChatException when the reader may not know of the room
     */
    ServerFrame.BacklogPage page(RoomName room, Identity reader, HistoryRange range) {
        Part part = part(room, range);
        doors.require(room, reader, Right.READ); // last, see there
        List<Message> shown = part.messages();
        Long first = shown.isEmpty() ? null : shown.get(0).seq();
        Long last = shown.isEmpty() ? null : shown.get(shown.size() - 1).seq();
        return new ServerFrame.BacklogPage(
                shown.stream().map(ServerFrame::of).toList(),
                part.older() || range.after().isPresent() ? first : null,
                part.newer() || range.before().isPresent() ? last : null);
    }

    private Part part(RoomName room, HistoryRange range) {
        long place = range.before().or(range::after).or(range::around).orElse(Long.MAX_VALUE);
        int newer =
                range.after().isPresent() ? range.limit() : range.around().isPresent() ? (range.limit() + 1) / 2 : 0;
        int older = range.limit() - newer;
        // one more than wanted on each side tells whether there are more
        List<Message> before = range.after().isPresent() ? List.of() : store.historyBefore(room, place, older + 1);
        List<Message> after = newer == 0
                ? List.of()
                : store.historyAfter(room, range.after().isPresent() ? place : place - 1, newer + 1);
        boolean moreBefore = before.size() > older;
        boolean moreAfter = after.size() > newer;
        List<Message> shown = new ArrayList<>(moreBefore ? before.subList(1, before.size()) : before);
        shown.addAll(moreAfter ? after.subList(0, newer) : after);
        return new Part(shown, moreBefore, moreAfter);
    }

    private ServerFrame.Limits limits() {
        return new ServerFrame.Limits(
                number(configuration.get(Settings.FRAME_LIMIT)),
                number(configuration.get(Settings.MESSAGE_LIMIT)),
                number(configuration.get(Settings.RATE_LIMIT)),
                number(configuration.get(Settings.BURST_LIMIT)),
                number(uploadLimit.get()));
    }

    private static Long number(Limit limit) {
        return limit.value().isPresent() ? limit.value().getAsLong() : null;
    }
}
