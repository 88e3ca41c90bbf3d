package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Connection;
import chat.foyer.message.Draft;
import chat.foyer.message.Outcome;
import chat.foyer.message.Uuid7;
import chat.foyer.protocol.ClientFrame;
import chat.foyer.protocol.PlainFrame;
import chat.foyer.protocol.ServerFrame;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Somebody in a room. Called by one thread at a time. */
final class RoomVisitor extends Visitor implements ClientFrame.Handler {
    private final Connection connection;
    private final RoomService rooms;

    RoomVisitor(Connection connection, RoomService rooms, Pace pace) {
        super(connection, pace);
        this.connection = connection;
        this.rooms = rooms;
    }

    Connection connection() {
        return connection;
    }

    @Override
    void handle(ClientFrame frame) {
        frame.accept(this);
    }

    @Override
    void leave() {
        rooms.leave(this);
    }

    @Override
    public void postMessage(ClientFrame.PostMessage frame) {
        paced(frame.ref(), () -> {
            List<UUID> files = frame.files().stream().map(RoomVisitor::fileId).toList();
            Draft draft = richDraft(new Draft(frame.ref(), frame.body(), files));
            // the echo is the answer, unless this was stored before and nobody will show it again
            rooms.post(connection, draft).thenAccept(outcome -> answer(frame.ref(), outcome, outcome.known()));
        });
    }

    @Override
    public void editMessage(ClientFrame.EditMessage frame) {
        paced(frame.ref(), () -> {
            Draft draft = richDraft(new Draft(frame.ref(), frame.body()));
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
    public void seeRoom(ClientFrame.SeeRoom frame) {
        paced(null, () -> {
            if (frame.room().isPresent()
                    && !frame.room().get().equals(connection.room().text())) {
                throw new ChatException(Fault.MALFORMED, "On the socket of a room leave \"room\" away.");
            }
            rooms.seen(connection.room(), connection.identity(), frame.place(), frame.back());
        });
    }

    @Override
    public void plainMessage(PlainFrame frame) {
        Draft draft = new Draft("plain-" + Uuid7.next(System.currentTimeMillis()), frame.message());
        rooms.check(draft);
        boolean admitted = pace().whenAllowed(
                        draft.body().length(),
                        () -> rooms.post(connection, draft)
                                .thenAccept(outcome -> outcome.refusal().ifPresent(this::sendAway)));
        if (!admitted) {
            sendAway(Pace.overrun());
        }
    }

    private Draft richDraft(Draft draft) {
        draft.checkNotBlank();
        rooms.check(draft);
        return draft;
    }

    private void answered(String ref, CompletionStage<Outcome> change) {
        change.thenAccept(outcome -> answer(ref, outcome, true));
    }

    private void answer(String ref, Outcome outcome, boolean confirm) {
        outcome.refusal().ifPresent(reason -> connection.tell(ServerFrame.Failed.of(ref, reason, connection.words())));
        if (confirm) {
            outcome.message().ifPresent(message -> connection.tell(ServerFrame.MessageConfirmed.of(ref, message)));
        }
    }

    private static UUID id(String text) {
        return id(text, Fault.NO_MESSAGE);
    }

    static UUID fileId(String text) {
        return id(text, Fault.NO_FILE);
    }

    private static UUID id(String text, Fault otherwise) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ChatException(otherwise);
        }
    }
}
