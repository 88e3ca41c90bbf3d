package chat.foyer.reading;

import chat.foyer.room.Room;
import java.util.Locale;

/** Of what in a room somebody wants to be told while they do not look at it. */
public enum Level {
    EVERYTHING,
    /** What mentions them. */
    MENTIONS,
    /** Even the number beside the room is shown without emphasis. */
    NOTHING;

    /** For whoever has chosen none: in a conversation of two everything is meant for them. */
    public static Level usual(Room.Kind kind) {
        return kind == Room.Kind.DIRECT ? EVERYTHING : MENTIONS;
    }

    /** As the wire and the pages call it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
