package chat.foyer.room;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;

/** Decides who may do what in a room. Thread-safe; waits for the database. */
@ApplicationScoped
public class Doors {

    /** What somebody may do in this room as of now. */
    public Access access(RoomName room, Identity identity) {
        return new Access(Optional.empty(), EnumSet.of(Right.READ, Right.POST));
    }

    /**
     * The same, for somebody who wants to do this.
     *
     * @throws ChatException ({@link Fault#ROOM_NAME}) when they may not know of the room, ({@link Fault#ARCHIVED} or {@link
     *     Fault#FORBIDDEN}) when they may not do that there
     */
    public Access require(RoomName room, Identity identity, Right right) {
        Access access = access(room, identity);
        if (!access.allows(Right.READ)) {
            throw new ChatException(Fault.ROOM_NAME);
        }
        if (!access.allows(right)) {
            boolean archived = access.room().map(Room::archived).orElse(false);
            throw new ChatException(archived ? Fault.ARCHIVED : Fault.FORBIDDEN);
        }
        return access;
    }
}
