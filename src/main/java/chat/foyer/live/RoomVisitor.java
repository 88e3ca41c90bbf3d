package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.group.Connection;
import chat.foyer.message.Draft;
import chat.foyer.protocol.ClientFrame;
import chat.foyer.protocol.FrameDecoder;
import chat.foyer.protocol.PlainFrame;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody in a room, as their frames go through: decodes them, paces them, and answers what cannot be done in the way
 * of their wire. Called by one thread at a time.
 */
final class RoomVisitor implements ClientFrame.Handler {
    private final Connection connection;
    private final RoomService rooms;
    private final Pace pace;
    private final AtomicLong plainRefs = new AtomicLong();

    RoomVisitor(Connection connection, RoomService rooms, Pace pace) {
        this.connection = connection;
        this.rooms = rooms;
        this.pace = pace;
    }

    Connection connection() {
        return connection;
    }

    /** A whole text message came in. */
    void said(String text) {
        try {
            FrameDecoder.decode(connection.wire(), text).accept(this);
        } catch (ChatException e) {
            refused(e);
        }
    }

    /** On the rich wire a bad frame is answered; on the plain wire, which has no answers, it ends the connection. */
    void refused(ChatException reason) {
        if (connection.wire() == Wire.RICH) {
            connection.tell(ServerFrame.Failed.of(null, reason));
        } else {
            leave(reason);
        }
    }

    private void leave(ChatException reason) {
        pace.stop();
        connection.outbox().close(reason.fault(), reason.getMessage());
    }

    @Override
    public void postMessage(ClientFrame.PostMessage frame) {
        try {
            Draft draft = new Draft(frame.ref(), frame.body());
            draft.checkNotBlank();
            rooms.check(draft);
            long waitMillis = pace.millisUntilAllowed();
            if (waitMillis > 0) {
                connection.tell(ServerFrame.Failed.tooFast(frame.ref(), waitMillis));
            } else {
                rooms.post(connection, draft);
            }
        } catch (ChatException e) {
            connection.tell(ServerFrame.Failed.of(frame.ref(), e));
        }
    }

    @Override
    public void plainMessage(PlainFrame frame) {
        Draft draft = new Draft("plain-" + plainRefs.incrementAndGet(), frame.message());
        rooms.check(draft);
        if (!pace.whenAllowed(draft.body().length(), () -> rooms.post(connection, draft))) {
            leave(Pace.overrun());
        }
    }

    void stop() {
        pace.stop();
    }
}
