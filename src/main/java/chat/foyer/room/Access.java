package chat.foyer.room;

import java.util.Optional;
import java.util.Set;

/**
 * What somebody may do in a room, as of one moment. Immutable.
 *
 * @param room the room; empty when nothing was ever said in it
 * @param rights what is allowed; nothing when it is hidden
 */
public record Access(Optional<Room> room, Set<Right> rights) {
    public boolean allows(Right right) {
        return rights.contains(right);
    }
}
