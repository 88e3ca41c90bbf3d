package chat.foyer.room;

import java.util.Optional;
import java.util.Set;

/**
 * What somebody may do in a room, as of one moment. Immutable.
 *
 * @param name what the room is called now; it may have been asked for by a former name
 * @param room the room; empty when nothing was ever said in it
 * @param role what they are there; empty when they are no member
 * @param rights what is allowed; nothing when it is hidden
 * @param head the number of the room's last change at that moment: what this rests on has a lower one or the same
 */
public record Access(RoomName name, Optional<Room> room, Optional<Member.Role> role, Set<Right> rights, long head) {
    public boolean allows(Right right) {
        return rights.contains(right);
    }

    /** Whether somebody who is no member looks behind closed doors, as only administrators of the site may. */
    boolean looksBehindDoors() {
        boolean closed = room.filter(known -> known.kind() == Room.Kind.CLOSED).isPresent();
        return closed && role.isEmpty() && allows(Right.READ);
    }
}
