package chat.foyer.reading;

import chat.foyer.presence.Status;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.room.Room;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.util.Locale;
import java.util.Optional;

/**
 * A room of somebody: one whose member they are, or an open one that they have opened. Immutable.
 *
 * @param name what it is called
 * @param kind who may enter
 * @param topic what it is about; may be empty
 * @param with the other one of a direct conversation
 * @param presence how much the other one is there, where that was asked
 * @param level of what they want to be told
 * @param opened whether they have a place in it up to which they have read
 * @param count how much there is to read
 */
record MyRoom(
        RoomName name,
        Room.Kind kind,
        String topic,
        Optional<User> with,
        Optional<Status> presence,
        Level level,
        boolean opened,
        Count count) {

    /** A direct conversation that the other one opened, and in which nothing was said, is nobody else's business yet. */
    boolean listed() {
        return kind != Room.Kind.DIRECT || opened || count.posts() > 0;
    }

    /** Whether nothing but the count differs. */
    boolean isSameRoomAs(MyRoom other) {
        return kind == other.kind
                && topic.equals(other.topic)
                && with.equals(other.with)
                && level == other.level
                && presence.equals(other.presence);
    }

    MyRoom counted(Count newCount) {
        return new MyRoom(name, kind, topic, with, presence, level, opened, newCount);
    }

    MyRoom attended(Optional<Status> now) {
        return new MyRoom(name, kind, topic, with, now, level, opened, count);
    }

    ServerFrame.RoomListed asListed() {
        return new ServerFrame.RoomListed(
                name.text(),
                kind.name().toLowerCase(Locale.ROOT),
                topic,
                with.orElse(null),
                presence.map(status -> status.name().toLowerCase(Locale.ROOT)).orElse(null),
                level.code(),
                count.head(),
                count.seen(),
                count.unread(),
                count.mentions());
    }

    ServerFrame.RoomCounted asCounted() {
        return new ServerFrame.RoomCounted(name.text(), count.head(), count.seen(), count.unread(), count.mentions());
    }
}
