package chat.foyer.group;

import chat.foyer.protocol.Batch;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.user.Identity;
import chat.foyer.words.Words;
import java.net.InetAddress;
import java.util.List;

/** One socket over which a person hears of all their rooms, and is in none of them. Thread-safe. */
public final class PersonStream extends Socket {
    public PersonStream(Identity identity, InetAddress address, Words words, Outbox outbox) {
        super(identity, address, Wire.RICH, words, outbox);
    }

    /** Sends these events together. */
    public void tell(List<ServerFrame> events) {
        tell(new Batch(events));
    }
}
