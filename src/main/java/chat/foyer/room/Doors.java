package chat.foyer.room;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.AuditLog;
import chat.foyer.user.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may do what in a room. Thread-safe; waits for the database.
 *
 * <p>What is read before the doors are asked was said before they answer; so whoever reads first and asks then shows
 * nobody what was said after they were removed. Nothing that decides is remembered from one question to the next.
 */
@ApplicationScoped
public class Doors {

    @Inject
    AuditLog audit;

    @Inject
    Configuration configuration;

    @Inject
    RoomStore rooms;

    private final RecentLooks looks = new RecentLooks();

    /** What somebody may do in the room that has, or once had, this name, as of now. */
    public Access access(RoomName name, Identity identity) {
        return rooms.find(name, identity.user().id())
                .map(sight -> of(sight, identity))
                .orElseGet(() -> new Access(name, Optional.empty(), Optional.empty(), rightsToBegin(name), 0));
    }

    private static Access of(RoomStore.Sight sight, Identity identity) {
        Room room = sight.room();
        Set<Right> rights = Right.of(room, identity.user(), identity.isAdministrator(), sight.role());
        return new Access(room.name(), Optional.of(room), sight.role(), rights, sight.head());
    }

    /** A room that does not exist looks empty where anybody may begin it; the commit lane has the last word. */
    private Set<Right> rightsToBegin(RoomName name) {
        boolean possible = configuration.get(Settings.ROOMS_ON_DEMAND) && !name.isDirect();
        return possible ? EnumSet.of(Right.READ, Right.POST) : EnumSet.noneOf(Right.class);
    }

    /**
     * The same, for somebody who wants to do this; administrators of the site may have to answer for what they looked at.
     *
     * @throws ChatException ({@link Fault#ROOM_NAME}) when they may not know of the room, ({@link Fault#ARCHIVED} or {@link
     *     Fault#FORBIDDEN}) when they may not do that there
     */
    public Access require(RoomName room, Identity identity, Right right) {
        return require(access(room, identity), identity, right);
    }

    /** The same, for somebody about whom the doors have just been asked. */
    public Access require(Access access, Identity identity, Right right) {
        if (!access.allows(Right.READ)) {
            throw new ChatException(Fault.ROOM_NAME);
        }
        if (!access.allows(right)) {
            boolean archived = access.room().map(Room::archived).orElse(false);
            throw new ChatException(archived ? Fault.ARCHIVED : Fault.FORBIDDEN);
        }
        if (access.looksBehindDoors()) {
            looks.begin(identity.user().id(), access.name(), Instant.now());
            recordLook(access, identity);
        }
        return access;
    }

    /**
     * Has somebody who may read this room answer for a part of what it shows, such as an image. To whoever looks behind
     * doors a page shows many; within some minutes they are one look with each other and with that into the room.
     */
    public void showPart(Access access, Identity identity) {
        if (access.looksBehindDoors() && looks.begins(identity.user().id(), access.name(), Instant.now())) {
            recordLook(access, identity);
        }
    }

    private void recordLook(Access access, Identity identity) {
        audit.record(identity.user().id(), "room.look", access.name().text(), "");
    }
}
