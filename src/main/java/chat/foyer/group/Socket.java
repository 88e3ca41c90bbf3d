package chat.foyer.group;

import chat.foyer.fault.Fault;
import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.words.Words;
import java.net.InetAddress;
import java.util.List;

/** One open WebSocket of one user, whatever it is about. Thread-safe. */
public abstract sealed class Socket permits Connection, PersonStream {
    private final Identity identity;
    private final InetAddress address;
    private final Wire wire;
    private final Words words;
    private final Outbox outbox;
    private final long enteredNanos = System.nanoTime();
    private volatile long heardNanos = enteredNanos;

    Socket(Identity identity, InetAddress address, Wire wire, Words words, Outbox outbox) {
        this.identity = identity;
        this.address = address;
        this.wire = wire;
        this.words = words;
        this.outbox = outbox;
    }

    public Identity identity() {
        return identity;
    }

    public User user() {
        return identity.user();
    }

    public InetAddress address() {
        return address;
    }

    public Wire wire() {
        return wire;
    }

    /** What the user reads. A close says its reason in English: clients know its code, and Cyrillic would soon be too long. */
    public Words words() {
        return words;
    }

    public Outbox outbox() {
        return outbox;
    }

    /** Lets the client hear what is offered to it, on the rich wire after these events. */
    public void welcome(ServerFrame... first) {
        if (wire == Wire.RICH) {
            outbox.open(FrameEncoder.encodeOnce(new Batch(List.of(first))));
        } else {
            outbox.open();
        }
    }

    /** Sends one event to this client alone; nothing on the plain wire, which has no events. */
    public void tell(ServerFrame event) {
        if (wire == Wire.RICH) {
            tell(Batch.of(event));
        }
    }

    /** Sends these events to this client alone, together. */
    void tell(Batch events) {
        if (!outbox.offer(FrameEncoder.encodeOnce(events))) {
            outbox.close(Fault.TOO_SLOW, Fault.TOO_SLOW.sentence()); // asks and asks, and does not read
        }
    }

    /** Notes a sign of life: any frame that came in. */
    public void heard() {
        heardNanos = System.nanoTime();
    }

    /** Whether anything has ever come in, be it the answer to the first ping. */
    public boolean wasHeard() {
        return heardNanos != enteredNanos;
    }

    /** How long no frame has come in, as of {@code System.nanoTime()}. */
    public long silentNanos(long now) {
        return now - heardNanos;
    }
}
