package chat.foyer.room;

import chat.foyer.user.User;
import java.util.Locale;
import java.util.Optional;

/**
 * What happened to a room itself. Immutable.
 *
 * @param what in one word
 * @param subject whom it is about
 * @param text the new name, topic, kind or role; {@value #DESERTED} when the last member has gone and the room was archived
 *     with that; empty where there is none
 */
public record Note(What what, Optional<User> subject, String text) {
    private static final String DESERTED = "archived";

    /** Everything that can happen to a room. */
    public enum What {
        /** Somebody made the room; the text says of which kind. */
        CREATED,
        /** Somebody made the subject a member. */
        ADDED,
        /** The subject became a member of an open room. */
        JOINED,
        /** Somebody removed the subject. */
        REMOVED,
        /** The subject is a member no more. */
        LEFT,
        /** Somebody gave the subject another role. */
        ROLE,
        RENAMED,
        TOPIC,
        /** From now on for members only. */
        CLOSED,
        /** From now on for everybody. */
        OPENED,
        /** From now on it can only be read. */
        ARCHIVED,
        UNARCHIVED;

        /** As programs read it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Note of(What what, String text) {
        return new Note(what, Optional.empty(), text);
    }

    static Note about(User subject, What what) {
        return new Note(what, Optional.of(subject), "");
    }

    /** The last member has gone, and nobody may say anything from now on. */
    static Note deserting(User subject, What what) {
        return new Note(what, Optional.of(subject), DESERTED);
    }

    /** What the room is called from now on, if that is what happened. */
    public Optional<RoomName> newName() {
        return what == What.RENAMED ? Optional.of(new RoomName(text)) : Optional.empty();
    }

    /** Whether this user may hear nothing of the room after it. */
    public boolean endsMembershipOf(User user) {
        return (what == What.REMOVED || what == What.LEFT)
                && subject.filter(gone -> gone.id().equals(user.id())).isPresent();
    }

    /** Whether there may be somebody who may hear nothing of the room after it. */
    public boolean endsAnybody() {
        return changesDoors() || what == What.REMOVED || what == What.LEFT;
    }

    /** Whether everybody who hears the room must pass its doors anew. */
    public boolean changesDoors() {
        return switch (what) {
            case CREATED, RENAMED, CLOSED, ARCHIVED -> true;
            case REMOVED, LEFT -> text.equals(DESERTED);
            case ADDED, JOINED, ROLE, TOPIC, OPENED, UNARCHIVED -> false;
        };
    }
}
