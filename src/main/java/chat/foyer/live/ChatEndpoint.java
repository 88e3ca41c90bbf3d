package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.protocol.FrameDecoder;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.protocol.Wire;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of a room or of a person: assembles what arrives and hands it to the {@link Visitor}. The container makes one instance for
 * each connection and calls it from one thread at a time, so its fields are the connection's own state.
 */
@ServerEndpoint(
        value = "/ws/chat/{roomName}",
        subprotocols = Wire.SUBPROTOCOL,
        decoders = FrameDecoder.class,
        encoders = FrameEncoder.class,
        configurator = ChatEndpoint.Instances.class)
public class ChatEndpoint {
    /** Makes them without CDI, which both servers would have look at this class anew for every connection. */
    public static final class Instances extends ServerEndpointConfig.Configurator {
        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new ChatEndpoint());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoint.class);

    private FrameAssembler frame;
    private Visitor visitor; // null when the visit is refused

    @OnOpen
    public void open(Session session) throws IOException {
        if (!(session.getUserPrincipal() instanceof Visit visit)) {
            // HandshakeFilter did not see this handshake, so nobody has checked it
            session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "Not admitted."));
            return;
        }
        frame = new FrameAssembler(visit.frameLimit());
        visitor = visit.visitor().orElse(null);
        Wire agreed = Wire.of(session.getNegotiatedSubprotocol());
        if (visitor != null && visitor.socket().wire() != agreed) {
            visitor.sendAway(new ChatException(
                    Fault.MALFORMED, "Offer " + Wire.SUBPROTOCOL + " in one Sec-WebSocket-Protocol header."));
        }
        visit.outbox().attach(session);
    }

    @OnMessage
    public void text(String part, boolean last) {
        if (visitor == null) {
            return;
        }
        visitor.socket().heard();
        try {
            frame.add(part, last).ifPresent(visitor::said);
        } catch (ChatException e) {
            if (last) {
                visitor.refused(e);
            } else {
                visitor.sendAway(e); // a message that does not end
            }
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        if (visitor != null) {
            visitor.socket().heard();
            if (last) {
                visitor.refused(new ChatException(Fault.BINARY));
            }
        }
    }

    @OnMessage
    public void pong(PongMessage pong) {
        if (visitor != null) {
            visitor.socket().heard();
            visitor.socket().outbox().ponged(pong.getApplicationData());
        }
    }

    @OnClose
    public void close() {
        if (visitor != null) {
            visitor.socket().outbox().ended();
            visitor.leave();
        }
    }

    /** What goes wrong on a socket ends that socket; the container calls {@link #close} next. */
    @OnError
    public void error(Session session, Throwable failure) {
        if (failure instanceof IOException) {
            LOG.debug("A connection broke", failure);
        } else {
            LOG.warn("A connection failed", failure);
        }
    }
}
