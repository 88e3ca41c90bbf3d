package chat.foyer.testing;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The server's end of a WebSocket whose client reads when the test says so. It fails the test when two threads send at
 * once, which a real server may answer with an exception.
 */
public final class FakeSocket {
    /** What the test wants to happen with a frame that is handed to the socket. */
    public enum Client {
        READS,
        STALLS
    }

    private volatile Client client;
    private final List<String> sent = new ArrayList<>();
    private final List<ByteBuffer> marks = new ArrayList<>();
    private Consumer<ByteBuffer> onPong = mark -> {};
    private final LinkedBlockingQueue<SendHandler> unconfirmed = new LinkedBlockingQueue<>();
    private final AtomicInteger senders = new AtomicInteger();
    private volatile boolean overlapped;
    private volatile CloseReason closed;
    private volatile CountDownLatch inside = new CountDownLatch(0);
    private volatile CountDownLatch mayLeave = new CountDownLatch(0);

    public FakeSocket(Client client) {
        this.client = client;
    }

    public Session session() {
        return proxy(Session.class, (name, arguments) -> switch (name) {
            case "getAsyncRemote" -> remote();
            case "close" -> {
                closed = (CloseReason) arguments[0];
                yield null;
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private RemoteEndpoint.Async remote() {
        return proxy(RemoteEndpoint.Async.class, (name, arguments) -> switch (name) {
            case "sendText" -> {
                overlapped |= senders.incrementAndGet() > 1;
                inside.countDown();
                await(mayLeave);
                synchronized (sent) {
                    sent.add((String) arguments[0]);
                }
                SendHandler handler = (SendHandler) arguments[1];
                senders.decrementAndGet();
                if (client == Client.READS) {
                    handler.onResult(new SendResult());
                } else {
                    unconfirmed.add(handler);
                }
                yield null;
            }
            case "sendPing" -> {
                ByteBuffer mark = ((ByteBuffer) arguments[0]).duplicate();
                synchronized (sent) {
                    marks.add(mark);
                }
                if (client == Client.READS) {
                    onPong.accept(mark.duplicate());
                }
                yield null;
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }

    /** Whoever sends a text lets the first latch go, and stays until the second is open. */
    public FakeSocket holdingUp(CountDownLatch inside, CountDownLatch mayLeave) {
        this.inside = inside;
        this.mayLeave = mayLeave;
        return this;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the pongs of a client that reads go. */
    public FakeSocket answering(Consumer<ByteBuffer> pongs) {
        onPong = pongs;
        return this;
    }

    /** The server confirms one frame of the stalled client. */
    public void confirmOne() {
        unconfirmed.remove().onResult(new SendResult());
    }

    /** The server confirms, as Payara does, although the client has read nothing. */
    public void confirmAll() {
        while (!unconfirmed.isEmpty()) {
            confirmOne();
        }
    }

    /** From now on the client reads; it begins with what it was sent already. */
    public void readsAgain() {
        client = Client.READS;
        marks().forEach(onPong);
        confirmAll();
    }

    /** The pings that were sent to the client. */
    public List<ByteBuffer> marks() {
        synchronized (sent) {
            return marks.stream().map(ByteBuffer::duplicate).toList();
        }
    }

    public List<String> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    public int unconfirmed() {
        return unconfirmed.size();
    }

    /** Whether two threads were ever sending at the same time. */
    public boolean overlapped() {
        return overlapped;
    }

    /** Why the server closed it; {@code null} while it is open. */
    public CloseReason closed() {
        return closed;
    }

    private interface Method {
        Object call(String name, Object[] arguments) throws InvocationTargetException;
    }

    private static <T> T proxy(Class<T> type, Method method) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> switch (called.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    case "toString" -> "fake " + type.getSimpleName();
                    default -> method.call(called.getName(), arguments);
                }));
    }
}
