package chat.foyer.group;

import chat.foyer.fault.ThrottledLog;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.slf4j.LoggerFactory;

/**
 * Sends on Payara, past the part of Tyrus that makes every frame expensive: encoded frames go straight to the writer of
 * the connection (a service provider interface of Tyrus), all texts of a batch in one piece and as the same bytes for
 * every member. Measured figures and what could break are in {@code docs/decisions/0006-tyrus-sender.md}; where any part
 * of this is not as expected, the {@link StandardSender} does the work.
 */
final class TyrusSender implements Sender {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(TyrusSender.class), 1);
    private static final byte FIN_PING = (byte) 0x89;

    private final Session session;
    private final Writer writer;

    private TyrusSender(Session session, Writer writer) {
        this.session = session;
        this.writer = writer;
    }

    /** Empty when this session of Tyrus looks different inside. */
    static Optional<Sender> of(Session session) {
        try {
            Object webSocket = Insides.WEB_SOCKET.get(session.getAsyncRemote());
            Writer writer = (Writer) Insides.WRITER.get(Insides.PROTOCOL_HANDLER.get(webSocket));
            if (writer == null) {
                return Optional.empty();
            }
            // Tyrus would run a task on a managed executor for every frame, in and out, for an idle time-out not in use
            Insides.IDLE_SCHEDULER.set(session, IdleTasks.NONE);
            return Optional.of(new TyrusSender(session, writer));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.warn("This Tyrus is not one that Foyer knows; it sends in the standard way, which is slower: {}", e);
            return Optional.empty();
        }
    }

    /** The private fields of Tyrus on the way from a session to its writer, found once. */
    private static final class Insides {
        static final Field IDLE_SCHEDULER = field("TyrusSession", "service");
        static final Field WEB_SOCKET = field("TyrusRemoteEndpoint", "webSocket");
        static final Field PROTOCOL_HANDLER = field("TyrusWebSocket", "protocolHandler");
        static final Field WRITER = field("ProtocolHandler", "writer");

        private static Field field(String type, String name) {
            try {
                Field field = Class.forName("org.glassfish.tyrus.core." + type).getDeclaredField(name);
                field.setAccessible(true);
                return field;
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    @Override
    public int send(Frames frames, int from, SendHandler confirmed) throws IOException {
        checkOpen();
        writer.write(ByteBuffer.wrap(frames.bytes()), new Confirmation(confirmed));
        return frames.size();
    }

    @Override
    public void ping(ByteBuffer payload) throws IOException {
        checkOpen();
        ByteBuffer frame = ByteBuffer.allocate(2 + payload.remaining());
        frame.put(FIN_PING).put((byte) payload.remaining()).put(payload).flip();
        writer.write(frame, new Confirmation(result -> {}));
    }

    /** The writer does not know; and behind an ended connection it may be somebody else's. */
    private void checkOpen() throws IOException {
        if (!session.isOpen()) {
            throw new IOException("the connection has ended");
        }
    }

    private static final class Confirmation extends CompletionHandler<ByteBuffer> {
        private final SendHandler confirmed;

        Confirmation(SendHandler confirmed) {
            this.confirmed = confirmed;
        }

        @Override
        public void completed(ByteBuffer sent) {
            confirmed.onResult(new SendResult());
        }

        @Override
        public void failed(Throwable failure) {
            confirmed.onResult(new SendResult(failure));
        }
    }

    /** Takes idle tasks and never runs them. */
    private static final class IdleTasks extends ScheduledThreadPoolExecutor {
        static final IdleTasks NONE = new IdleTasks();

        private IdleTasks() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return Never.INSTANCE;
        }
    }

    private static final class Never extends CompletableFuture<Object> implements ScheduledFuture<Object> {
        static final Never INSTANCE = new Never();

        @Override
        public long getDelay(TimeUnit unit) {
            return Long.MAX_VALUE;
        }

        @Override
        public int compareTo(Delayed other) {
            return other == this ? 0 : 1;
        }
    }
}
