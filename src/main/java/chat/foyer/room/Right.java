package chat.foyer.room;

import chat.foyer.user.User;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What somebody may do in a room. */
public enum Right {
    /** Read what is said and hear what is going to be said. */
    READ,
    /** Say something; change and delete what one has said. */
    POST,
    /** Delete what others said, invite and remove people. */
    MODERATE,
    /** Rename the room, change its topic and doors, give roles, archive it. */
    ADMINISTER;

    /**
     * The rights of this user there; the one place that knows them.
     *
     * @param overseer whether it is an administrator of the site: they look after every room but direct ones, and say
     *     something in a closed one only as its member
     * @param role what they are in the room; empty when they are no member
     */
    public static Set<Right> of(Room room, User user, boolean overseer, Optional<Member.Role> role) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        boolean open = room.kind() == Room.Kind.OPEN;
        boolean direct = room.kind() == Room.Kind.DIRECT;
        if (open || role.isPresent()) {
            rights.add(READ);
            rights.add(POST);
        }
        if (!direct && !user.guest()) {
            if (overseer
                    || role.filter(own -> own.includes(Member.Role.MODERATOR)).isPresent()) {
                rights.add(READ);
                rights.add(MODERATE);
            }
            if (overseer
                    || role.filter(own -> own.includes(Member.Role.ADMINISTRATOR))
                            .isPresent()) {
                rights.add(ADMINISTER);
            }
        }
        if (room.archived()) {
            rights.remove(POST);
        }
        return rights;
    }
}
