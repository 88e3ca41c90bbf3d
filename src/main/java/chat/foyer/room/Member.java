package chat.foyer.room;

import chat.foyer.user.User;
import java.time.Instant;

/**
 * Somebody who belongs to a room. Immutable.
 *
 * @param person who
 * @param role what they look after
 * @param joinedAt since when
 */
public record Member(User person, Role role, Instant joinedAt) {

    /** What a member looks after in the room; each includes those before it. */
    public enum Role {
        /** Nothing but what they say themselves. */
        MEMBER,
        /** What others say, and who is a member. */
        MODERATOR,
        /** The room itself. */
        ADMINISTRATOR;

        boolean includes(Role other) {
            return compareTo(other) >= 0;
        }
    }
}
