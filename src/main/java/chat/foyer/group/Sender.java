package chat.foyer.group;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How an outbox hands frames to the server. Called by one thread at a time; must not block. */
interface Sender {
    /** The shortest way that this session offers; the other class is not even loaded where there is no Tyrus. */
    static Sender of(Session session) {
        Optional<Sender> shorter = session.getClass().getName().equals("org.glassfish.tyrus.core.TyrusSession")
                ? TyrusSender.of(session)
                : Optional.empty();
        return shorter.orElseGet(() -> new StandardSender(session));
    }

    /**
     * Hands over the texts from this index on, as many as go in one piece, at least one.
     *
     * @param confirmed is called once when they have left, or could not
     * @return the index of the next text
     */
    int send(Frames frames, int from, SendHandler confirmed) throws IOException;

    /** Sends a ping with this payload. */
    void ping(ByteBuffer payload) throws IOException;

    /** Ends the session and tells the client why; nothing is sent after it. May block. */
    void close(CloseReason reason) throws IOException;

    /** Cuts the connection of a session that was closed some time ago, should the client not have ended it. May block. */
    void cut();
}
