package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Socket;
import chat.foyer.protocol.ClientFrame;
import chat.foyer.protocol.FrameDecoder;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.user.Proof;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody at a socket, as their frames go through: decodes them, paces them, and answers what cannot be done in the way
 * of their wire. Called by one thread at a time.
 */
abstract sealed class Visitor permits RoomVisitor, StreamVisitor {
    private final Socket socket;
    private final Pace pace;
    private volatile boolean gone;

    Visitor(Socket socket, Pace pace) {
        this.socket = socket;
        this.pace = pace;
    }

    Socket socket() {
        return socket;
    }

    Pace pace() {
        return pace;
    }

    /** Does what this frame asks for. */
    abstract void handle(ClientFrame frame);

    /** The socket is over; calling it again does nothing. */
    abstract void leave();

    /** A whole text message came in. */
    final void said(String text) {
        if (gone) {
            return;
        }
        Proof proof = socket.identity().proof();
        if (proof.hasEnded(Instant.now())) {
            sendAway(new ChatException(proof.fault()));
            return;
        }
        try {
            ClientFrame frame = FrameDecoder.decode(socket.wire(), text);
            if (proof.scope().includes(frame.needs())) {
                handle(frame);
            } else {
                refused(frame.awaited(), new ChatException(Fault.SCOPE));
            }
        } catch (ChatException e) {
            refused(e);
        }
    }

    /** On the rich wire a bad frame is answered; on the plain wire, which has no answers, it ends the connection. */
    final void refused(ChatException reason) {
        refused(Optional.empty(), reason);
    }

    private void refused(Optional<String> ref, ChatException reason) {
        if (socket.wire() == Wire.RICH) {
            if (pace.takeTokenOrWaitMillis() == 0) { // bad frames count too, and beyond the rate they get no answer
                socket.tell(ServerFrame.Failed.of(ref.orElse(null), reason, socket.words()));
            }
        } else {
            sendAway(reason);
        }
    }

    /** Ends the connection with this reason; nothing it says counts any more. */
    final void sendAway(ChatException reason) {
        gone = true;
        pace.stop();
        socket.outbox().close(reason.fault(), reason.getMessage());
    }

    /** Does what a frame asks for, if it does not come too fast; one that breaks a rule counts, too. */
    final void paced(String ref, Runnable action) {
        long waitMillis = pace.takeTokenOrWaitMillis();
        if (waitMillis > 0) {
            socket.tell(ServerFrame.Failed.tooFast(ref, waitMillis, socket.words()));
            return;
        }
        try {
            action.run();
        } catch (ChatException e) {
            socket.tell(ServerFrame.Failed.of(ref, e, socket.words()));
        }
    }
}
