package chat.foyer.group;

import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.net.InetAddress;

/** One socket of one user in one room. Thread-safe; what its callbacks remember of it lives in the endpoint. */
public final class Connection {
    private final RoomName room;
    private final User user;
    private final InetAddress address;
    private final Wire wire;
    private final Outbox outbox;
    private volatile long heardNanos = System.nanoTime();

    public Connection(RoomName room, User user, InetAddress address, Wire wire, Outbox outbox) {
        this.room = room;
        this.user = user;
        this.address = address;
        this.wire = wire;
        this.outbox = outbox;
    }

    public RoomName room() {
        return room;
    }

    public User user() {
        return user;
    }

    public InetAddress address() {
        return address;
    }

    public Wire wire() {
        return wire;
    }

    public Outbox outbox() {
        return outbox;
    }

    /** Lets the client hear what is offered to it, on the rich wire after this greeting. */
    void welcome(ServerFrame greeting) {
        if (wire == Wire.RICH) {
            outbox.release(FrameEncoder.encodeOnce(Batch.of(greeting)));
        } else {
            outbox.release();
        }
    }

    /** Sends one event to this client alone; nothing on the plain wire, which has no events. */
    public void tell(ServerFrame event) {
        if (wire == Wire.RICH) {
            outbox.offer(FrameEncoder.encodeOnce(Batch.of(event)));
        }
    }

    /** Notes a sign of life: any frame that came in. */
    public void heard() {
        heardNanos = System.nanoTime();
    }

    /** How long no frame has come in, as of {@code System.nanoTime()}. */
    public long silentNanos(long now) {
        return now - heardNanos;
    }
}
