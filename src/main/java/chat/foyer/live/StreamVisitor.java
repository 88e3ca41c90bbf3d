package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.PersonStream;
import chat.foyer.protocol.ClientFrame;
import chat.foyer.room.RoomName;

/** A person at the stream of their rooms; the one thing to be said there is what they have seen. */
final class StreamVisitor extends Visitor {
    private final PersonStream stream;
    private final StreamService streams;

    StreamVisitor(PersonStream stream, StreamService streams, Pace pace) {
        super(stream, pace);
        this.stream = stream;
        this.streams = streams;
    }

    PersonStream stream() {
        return stream;
    }

    @Override
    void handle(ClientFrame frame) {
        if (!(frame instanceof ClientFrame.SeeRoom seen)) {
            throw new ChatException(
                    Fault.MALFORMED, "Here only \"room.seen\" can be sent; rooms have sockets of their own.");
        }
        paced(null, () -> {
            String room =
                    seen.room().orElseThrow(() -> new ChatException(Fault.MALFORMED, "Say of which \"room\" it is."));
            streams.seen(this, new RoomName(room), seen.place(), seen.back());
        });
    }

    @Override
    void leave() {
        streams.leave(this);
    }
}
