package chat.foyer.group;

import chat.foyer.fault.ThrottledLog;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Callable;
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
 *
 * <p>Invariant: only the thread that reads from a connection takes it apart while it is open. Payara gives what a connection
 * was made of to others as soon as somebody has taken it apart, and looks at nobody who is still at it; two at once are what
 * a close by us and the answer of its client make ({@code docs/decisions/0019-closing-on-payara.md}). So {@link #close} sends
 * the close frame and leaves the rest to the answer, and {@link #cut} cuts the connection of whoever gives none: what is cut
 * is not used again.
 */
final class TyrusSender implements Sender {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(TyrusSender.class), 1);
    private static final byte FIN_PING = (byte) 0x89;

    private final Session session;
    private final Writer writer;
    private final Ending ending;
    private final Object connection; // of Grizzly

    private TyrusSender(Session session, Writer writer, Ending ending, Object connection) {
        this.session = session;
        this.writer = writer;
        this.ending = ending;
        this.connection = connection;
    }

    /** Empty when this session of Tyrus looks different inside. */
    static Optional<Sender> of(Session session) {
        try {
            Object protocol = Insides.PROTOCOL_HANDLER.get(Insides.WEB_SOCKET.get(session.getAsyncRemote()));
            Writer writer = (Writer) Insides.WRITER.get(protocol);
            if (writer == null) {
                return Optional.empty();
            }
            Object connection = connectionOf(writer);
            Ending ending = new Ending(writer);
            Insides.WRITER.set(protocol, ending);
            // Tyrus would run a task on a managed executor for every frame, in and out, for an idle time-out not in
            // use; and
            // for every session that is made, so later ones get theirs from the container
            Insides.IDLE_SCHEDULER.set(session, IdleTasks.NONE);
            Insides.IDLE_SCHEDULERS.set(session.getContainer(), IdleTasks.NONE);
            return Optional.of(new TyrusSender(session, writer, ending, connection));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.warn("This Tyrus is not one that Foyer knows; it sends in the standard way, which is slower: {}", e);
            return Optional.empty();
        }
    }

    private static Object connectionOf(Writer writer) throws ReflectiveOperationException {
        Object webConnection = Insides.WEB_CONNECTION.invoke(Insides.UPGRADE_HANDLER.get(writer));
        Object request = Insides.GRIZZLY_REQUEST.invoke(Insides.REQUEST.get(webConnection));
        return Insides.CONNECTION.invoke(Insides.CONTEXT.invoke(request));
    }

    /** The members of Tyrus and Payara on the way from a session to its writer and connection, found once. */
    private static final class Insides {
        static final Field IDLE_SCHEDULER = field("org.glassfish.tyrus.core.TyrusSession", "service");
        static final Field IDLE_SCHEDULERS =
                field("org.glassfish.tyrus.core.BaseContainer", "managedScheduledExecutorService");
        static final Field WEB_SOCKET = field("org.glassfish.tyrus.core.TyrusRemoteEndpoint", "webSocket");
        static final Field PROTOCOL_HANDLER = field("org.glassfish.tyrus.core.TyrusWebSocket", "protocolHandler");
        static final Field WRITER = field("org.glassfish.tyrus.core.ProtocolHandler", "writer");
        static final Field UPGRADE_HANDLER =
                field("org.glassfish.tyrus.servlet.TyrusServletWriter", "tyrusHttpUpgradeHandler");
        static final Method WEB_CONNECTION =
                method("org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler", "getWebConnection");
        static final Field REQUEST = field("org.apache.catalina.connector.WebConnectionImpl", "request");
        static final Method GRIZZLY_REQUEST = method("org.apache.catalina.connector.Request", "getCoyoteRequest");
        static final Method CONTEXT = method("org.glassfish.grizzly.http.server.Request", "getContext");
        static final Method CONNECTION =
                method("org.glassfish.grizzly.filterchain.FilterChainContext", "getConnection");
        static final Method CUT = method("org.glassfish.grizzly.Closeable", "terminateSilently");

        private static Field field(String type, String name) {
            return found(() -> Class.forName(type).getDeclaredField(name));
        }

        private static Method method(String type, String name) {
            return found(() -> Class.forName(type).getDeclaredMethod(name));
        }

        private static <T extends AccessibleObject> T found(Callable<T> search) {
            try {
                T member = search.call();
                member.setAccessible(true);
                return member;
            } catch (Exception e) {
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

    @Override
    public void close(CloseReason reason) throws IOException {
        ending.leaveAndClose(session, reason);
    }

    @Override
    public void cut() {
        try {
            Insides.CUT.invoke(connection);
        } catch (ReflectiveOperationException e) {
            LOG.warn("A connection that its client does not end stays open: {}", e);
        }
    }

    /** The writer does not know; and behind an ended connection it may be somebody else's. */
    private void checkOpen() throws IOException {
        if (!session.isOpen()) {
            throw new IOException("the connection has ended");
        }
    }

    /** What Tyrus itself writes to and closes. It ends the connection for every thread but one that asked to do so later. */
    private static final class Ending extends Writer {
        private final Writer writer;
        private volatile Thread leaving; // the rest to the thread that reads

        Ending(Writer writer) {
            this.writer = writer;
        }

        /** Without a class of its own: Payara loads none any more when the first close of a node is that of its end. */
        void leaveAndClose(Session session, CloseReason reason) throws IOException {
            leaving = Thread.currentThread();
            try {
                session.close(reason);
            } finally {
                leaving = null;
            }
        }

        @Override
        public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> confirmation) {
            writer.write(frame, confirmation);
        }

        @Override
        public void close() throws IOException {
            if (Thread.currentThread() == leaving) {
                return;
            }
            synchronized (writer) {
                // it writes under its own lock: the close frame that the client has answered may still be on its way
                // out of it
            }
            writer.close();
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
