package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Connection;
import chat.foyer.message.Draft;
import chat.foyer.message.Outcome;
import chat.foyer.message.Uuid7;
import chat.foyer.protocol.ClientFrame;
import chat.foyer.protocol.FrameDecoder;
import chat.foyer.protocol.PlainFrame;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Somebody in a room, as their frames go through: decodes them, paces them, and answers what cannot be done in the way
 * of their wire. Called by one thread at a time.
 */
final class RoomVisitor implements ClientFrame.Handler {
    private final Connection connection;
    private final RoomService rooms;
    private final Pace pace;
    private volatile boolean gone;

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
        if (gone) {
            return;
        }
        try {
            FrameDecoder.decode(connection.wire(), text).accept(this);
        } catch (ChatException e) {
            refused(e);
        }
    }

    /** On the rich wire a bad frame is answered; on the plain wire, which has no answers, it ends the connection. */
    void refused(ChatException reason) {
        if (connection.wire() == Wire.RICH) {
            if (pace.takeTokenOrWaitMillis() == 0) { // bad frames count too, and beyond the rate they get no answer
                connection.tell(ServerFrame.Failed.of(null, reason));
            }
        } else {
            sendAway(reason);
        }
    }

    /** Ends the connection with this reason; nothing it says counts any more. */
    void sendAway(ChatException reason) {
        gone = true;
        pace.stop();
        connection.outbox().close(reason.fault(), reason.getMessage());
    }

    @Override
    public void postMessage(ClientFrame.PostMessage frame) {
        paced(frame.ref(), () -> {
            Draft draft = richDraft(frame.ref(), frame.body());
            // the echo is the answer, unless this was stored before and nobody will show it again
            rooms.post(connection, draft).thenAccept(outcome -> answer(frame.ref(), outcome, outcome.known()));
        });
    }

    @Override
    public void editMessage(ClientFrame.EditMessage frame) {
        paced(frame.ref(), () -> {
            Draft draft = richDraft(frame.ref(), frame.body());
            answered(frame.ref(), rooms.edit(connection, id(frame.message()), draft));
        });
    }

    @Override
    public void deleteMessage(ClientFrame.DeleteMessage frame) {
        paced(frame.ref(), () -> {
            String ref = new Draft(frame.ref(), "").ref();
            answered(frame.ref(), rooms.delete(connection, id(frame.message()), ref));
        });
    }

    @Override
    public void fetchBacklog(ClientFrame.FetchBacklog frame) {
        paced(null, () -> {
            HistoryRange range = HistoryRange.of(frame.before(), frame.after(), frame.around(), frame.limit());
            rooms.fetch(connection, range);
        });
    }

    @Override
    public void startTyping(ClientFrame.StartTyping frame) {
        paced(null, () -> rooms.typing(connection));
    }

    @Override
    public void startAway(ClientFrame.StartAway frame) {
        paced(null, () -> rooms.away(connection, true));
    }

    @Override
    public void endAway(ClientFrame.EndAway frame) {
        paced(null, () -> rooms.away(connection, false));
    }

    @Override
    public void plainMessage(PlainFrame frame) {
        Draft draft = new Draft("plain-" + Uuid7.next(System.currentTimeMillis()), frame.message());
        rooms.check(draft);
        boolean admitted = pace.whenAllowed(
                draft.body().length(),
                () -> rooms.post(connection, draft)
                        .thenAccept(outcome -> outcome.refusal().ifPresent(this::sendAway)));
        if (!admitted) {
            sendAway(Pace.overrun());
        }
    }

    /** Does what a frame asks for, if it does not come too fast; one that breaks a rule counts, too. */
    private void paced(String ref, Runnable action) {
        long waitMillis = pace.takeTokenOrWaitMillis();
        if (waitMillis > 0) {
            connection.tell(ServerFrame.Failed.tooFast(ref, waitMillis));
            return;
        }
        try {
            action.run();
        } catch (ChatException e) {
            connection.tell(ServerFrame.Failed.of(ref, e));
        }
    }

    private Draft richDraft(String ref, String body) {
        Draft draft = new Draft(ref, body);
        draft.checkNotBlank();
        rooms.check(draft);
        return draft;
    }

    private void answered(String ref, CompletionStage<Outcome> change) {
        change.thenAccept(outcome -> answer(ref, outcome, true));
    }

    private void answer(String ref, Outcome outcome, boolean confirm) {
        outcome.refusal().ifPresent(reason -> connection.tell(ServerFrame.Failed.of(ref, reason)));
        if (confirm) {
            outcome.message().ifPresent(message -> connection.tell(ServerFrame.MessageConfirmed.of(ref, message)));
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ChatException(Fault.NO_MESSAGE);
        }
    }

    void stop() {
        pace.stop();
    }
}
