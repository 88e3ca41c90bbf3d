package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.fault.ChatException;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.PersonStream;
import chat.foyer.group.Threads;
import chat.foyer.reading.Sidebars;
import chat.foyer.room.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What can be done over a person's stream: open it, say what was seen, leave. Thread-safe; nothing waits. */
@ApplicationScoped
public class StreamService {

    @Inject
    Configuration configuration;

    @Inject
    GroupRegistry groups;

    @Inject
    Revocations revocations;

    @Inject
    RoomService rooms;

    @Inject
    Sidebars sidebars;

    @Inject
    SocketLimits sockets;

    @Inject
    Threads threads;

    /**
     * From now on the person hears over this stream of all their rooms.
     *
     * @throws ChatException when it is one too many, or when the database is away
     */
    StreamVisitor enter(PersonStream stream) {
        rooms.refuseIfStranded();
        sockets.admit(stream);
        groups.join(stream);
        revocations.check(stream);
        sidebars.join(stream);
        return new StreamVisitor(stream, this, new Pace(configuration, threads.clock()));
    }

    void seen(StreamVisitor visitor, RoomName room, long place, boolean back) {
        rooms.seen(room, visitor.stream().identity(), place, back);
    }

    /** Forgets the visitor; calling it again does nothing. */
    void leave(StreamVisitor visitor) {
        visitor.pace().stop();
        groups.leave(visitor.stream());
        sockets.release(visitor.stream());
    }
}
