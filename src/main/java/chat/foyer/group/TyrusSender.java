package chat.foyer.group;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends on Payara, past the part of Tyrus that makes every frame expensive: encoded frames go straight to the writer of
 * the connection (a service provider interface of Tyrus), all texts of a batch in one piece and as the same bytes for
 * every member. Measured figures and what could break are in {@code docs/decisions/0006-tyrus-sender.md}; where any part
 * of this is not as expected, the {@link StandardSender} does the work.
 */
final class TyrusSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(TyrusSender.class);
    private static final byte FIN_PING = (byte) 0x89;

    private final Writer writer;

    private TyrusSender(Writer writer) {
        this.writer = writer;
    }

    /** Empty when this session of Tyrus looks different inside. */
    static Optional<Sender> of(Session session) {
        try {
            Object webSocket = value(session.getAsyncRemote(), "webSocket");
            Writer writer = (Writer) value(value(webSocket, "protocolHandler"), "writer");
            // Tyrus would run a task on a managed executor for every frame, in and out, for an idle time-out not in use
            field(session.getClass(), "service").set(session, IdleTasks.NONE);
            return writer == null ? Optional.empty() : Optional.of(new TyrusSender(writer));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.warn("This Tyrus is not one that Foyer knows; it sends in the standard way, which is slower: {}", e);
            return Optional.empty();
        }
    }

    private static Object value(Object owner, String name) throws ReflectiveOperationException {
        return field(owner.getClass(), name).get(owner);
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(type.getName() + "." + name);
    }

    @Override
    public int send(Frames frames, int from, SendHandler confirmed) {
        writer.write(ByteBuffer.wrap(frames.bytes()), new Confirmation(confirmed));
        return frames.size();
    }

    @Override
    public void ping(ByteBuffer payload) {
        ByteBuffer frame = ByteBuffer.allocate(2 + payload.remaining());
        frame.put(FIN_PING).put((byte) payload.remaining()).put(payload).flip();
        writer.write(frame, new Confirmation(result -> {}));
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
