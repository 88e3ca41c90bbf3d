package chat.foyer.group;

import chat.foyer.fault.Fault;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to a client: sends text frames in the order in which they were offered, and never waits for the client.
 * Thread-safe.
 *
 * <p>Invariants, under the lock: at most one thread is inside the {@link Sender} (the one that set {@link
 * #writing}); at most {@link #WINDOW} pieces are handed to the server without its confirmation; and nothing is handed
 * over while the client is {@link #UNREAD_CHARS} characters or more behind. What exceeds this waits here, at most {@link
 * #WAITING_CHARS} characters; a frame beyond that is refused, and whoever offered it comes back when the outbox has
 * {@linkplain #whenDrained drained}.
 *
 * <p>A confirmation alone proves little: Payara confirms what it has merely queued, megabytes of it. So every {@link
 * #MARK_CHARS} characters a <em>mark</em> follows, a ping with a random payload. The pong that returns it (RFC 6455
 * §5.5.3) proves that the client has read everything before. See {@code docs/decisions/0002-marks.md}.
 *
 * <p>An outbox exists before its socket, so that a connection can be in its room when the client sees the socket open.
 * What is offered waits until the socket is {@linkplain #attach attached} and the outbox {@linkplain #open opened};
 * so nothing precedes the welcome, and nothing is missed.
 */
public final class Outbox {
    static final int WINDOW = 16;
    static final int MARK_CHARS = 64 * 1024; // a pong costs Payara as much as many sends (measured)
    static final int UNREAD_CHARS = 256 * 1024;
    static final int WAITING_CHARS = 256 * 1024; // the echo of a whole burst of foyer.limits.burst short messages

    private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(1); // sending does not block, so this is plenty
    private static final long ENDING_POLL_MILLIS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int MAX_REASON_BYTES = 123; // RFC 6455 §5.5: a control frame carries at most 125 bytes
    private static final SecureRandom RANDOM = new SecureRandom(); // a client must not guess a mark it has not read

    private final Executor closers;
    private final Executor closersLater;

    private final ArrayDeque<Frames> waiting = new ArrayDeque<>();
    private int next; // the text of the first of them that is to be sent next
    private int waitingChars;
    private int unconfirmed;
    private long charsWritten; // handed to the server so far
    private long charsRead; // by the client, as far as its pongs prove
    private OptionalLong mark = OptionalLong.empty(); // the payload that has not returned yet
    private long charsBeforeMark;
    private long markSentNanos;
    private boolean markWanted;
    private boolean held = true;
    private Thread writing; // the one that is inside the sender
    private boolean closing; // the socket is to be closed when it has left
    private Sender sender; // null until the socket is open
    private CloseReason closed; // null while it is open
    private Runnable onDrained; // null unless somebody waits for it

    /**
     * @param closers runs what may block: closing a socket whose peer does not read
     * @param closersLater does the same some seconds later
     */
    public Outbox(Executor closers, Executor closersLater) {
        this.closers = closers;
        this.closersLater = closersLater;
    }

    /** The socket is open: what was offered before may leave now. */
    public void attach(Session opened) {
        CloseReason reason;
        synchronized (this) {
            sender = Sender.of(opened);
            reason = closed;
            markWanted = true; // whoever is there answers it; a client that vanished in the handshake does not
        }
        if (reason != null) {
            end(); // nothing was sent yet, so this cannot block
        }
        write();
    }

    /** Begins to send, this text message first. */
    public void open(String first) {
        synchronized (this) {
            waiting.addFirst(Frames.of(first));
            waitingChars += first.length();
        }
        open();
    }

    /** Begins to send. */
    public void open() {
        synchronized (this) {
            held = false;
        }
        write();
    }

    /** Sends this text message after all that were offered before; false when too much waits already. */
    public boolean offer(String text) {
        return offer(Frames.of(text));
    }

    /**
     * Sends these text messages after all that were offered before; false when too much waits already, then none is sent.
     * Once the outbox is closed it takes everything and sends nothing.
     */
    boolean offer(Frames frames) {
        synchronized (this) {
            if (closed != null) {
                return true;
            }
            if (!waiting.isEmpty() && waitingChars + frames.chars() > WAITING_CHARS) {
                return false;
            }
            waiting.add(frames);
            waitingChars += frames.chars();
        }
        write();
        return true;
    }

    /** Runs this once nothing waits any more, perhaps at once, never after the end; it must not block. */
    void whenDrained(Runnable continuation) {
        synchronized (this) {
            onDrained = continuation;
        }
        write();
    }

    /** Sends a mark soon even if little was written, to learn whether the client is still there. */
    public void ping() {
        synchronized (this) {
            markWanted = true;
        }
        write();
    }

    /** The client has returned this payload in a pong. */
    public void ponged(ByteBuffer payload) {
        synchronized (this) {
            if (mark.isEmpty() || payload.remaining() != Long.BYTES || payload.getLong() != mark.getAsLong()) {
                return; // a pong nobody asked for is allowed and means nothing (RFC 6455 §5.5.3)
            }
            mark = OptionalLong.empty();
            charsRead = charsBeforeMark;
        }
        write();
    }

    /** Hands over what may be handed over now; every change that may allow more ends with a call of this. */
    private void write() {
        while (true) {
            Frames frames = null;
            int from = 0;
            ByteBuffer newMark = null;
            Runnable drained = null;
            synchronized (this) {
                if (sender == null || held || writing != null || closed != null) {
                    return;
                }
                if (mark.isEmpty() && (markWanted || charsWritten - charsRead >= MARK_CHARS)) {
                    newMark = newMark();
                } else if (!waiting.isEmpty() && unconfirmed < WINDOW && charsWritten - charsRead < UNREAD_CHARS) {
                    frames = waiting.peek();
                    from = next;
                    unconfirmed++;
                } else if (waiting.isEmpty() && onDrained != null) {
                    drained = onDrained;
                    onDrained = null;
                } else {
                    return;
                }
                writing = drained == null ? Thread.currentThread() : null;
            }
            if (drained != null) {
                drained.run();
                continue;
            }
            try {
                if (frames == null) {
                    sender.ping(newMark);
                } else {
                    handedOver(frames, from, sender.send(frames, from, this::confirmed));
                }
            } catch (IOException | RuntimeException | Error e) {
                broken(e); // IllegalStateException or even Error on Tyrus; only this connection may suffer from it
            } finally {
                leaveSender();
            }
        }
    }

    private void leaveSender() {
        boolean close;
        synchronized (this) {
            writing = null;
            close = closing;
            closing = false;
            notifyAll();
        }
        if (close) {
            closers.execute(this::end);
        }
    }

    private synchronized void handedOver(Frames frames, int from, int to) {
        if (closed != null) {
            return; // nothing waits any more
        }
        int chars = frames.chars(from, to);
        charsWritten += chars;
        waitingChars -= chars;
        next = to;
        if (next == frames.size()) {
            waiting.remove();
            next = 0;
        }
    }

    private ByteBuffer newMark() {
        long value = RANDOM.nextLong();
        mark = OptionalLong.of(value);
        charsBeforeMark = charsWritten;
        markSentNanos = System.nanoTime();
        markWanted = false;
        return ByteBuffer.allocate(Long.BYTES).putLong(value).flip();
    }

    private void confirmed(SendResult result) {
        synchronized (this) {
            unconfirmed--;
        }
        if (result.isOK()) {
            write();
        } else {
            broken(result.getException());
        }
    }

    /** For how long the client has not returned a mark that it was sent; zero when none is out. */
    public long unansweredNanos(long now) {
        synchronized (this) {
            return mark.isEmpty() ? 0 : now - markSentNanos;
        }
    }

    /** Ends the connection and tells the client why; frames that still wait are dropped. Only the first call counts. */
    public void close(Fault fault, String sentence) {
        CloseReason reason = new CloseReason(CloseReason.CloseCodes.getCloseCode(fault.closeCode()), fit(sentence));
        synchronized (this) {
            if (closed != null) {
                return;
            }
            sendNoMore(reason);
            if (sender == null) {
                return; // it is closed when it is attached
            }
            if (writing != null) {
                closing = true; // it is closed when the thread has left: nothing may follow the close frame
                return;
            }
        }
        closers.execute(this::end);
    }

    /**
     * The socket has ended: what waits is dropped. When this returns nothing of ours is being written any more, since the
     * server may use what the socket was made of for somebody else.
     */
    public synchronized void ended() {
        if (closed == null) {
            sendNoMore(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, ""));
        }
        long deadline = System.nanoTime() + ENDING_NANOS;
        try {
            while (writing != null && writing != Thread.currentThread() && System.nanoTime() - deadline < 0) {
                wait(ENDING_POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendNoMore(CloseReason reason) {
        closed = reason;
        waiting.clear();
        onDrained = null;
    }

    /** Closes the socket; sender and reason stand and never change again. */
    private void end() {
        Sender ending;
        CloseReason reason;
        synchronized (this) {
            ending = sender;
            reason = closed;
        }
        try {
            ending.close(reason);
        } catch (IOException | RuntimeException e) {
            LOG.debug("The connection was gone before it could be closed", e);
        }
        closersLater.execute(ending::cut);
    }

    private void broken(Throwable failure) {
        LOG.debug("A client went away while something was sent to it", failure);
        close(Fault.TOO_SLOW, Fault.TOO_SLOW.sentence());
    }

    /** Cuts the sentence to what a close frame may carry, sentences of ours being ASCII. */
    private static String fit(String sentence) {
        return sentence.length() <= MAX_REASON_BYTES ? sentence : sentence.substring(0, MAX_REASON_BYTES);
    }
}
