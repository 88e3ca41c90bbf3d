package chat.foyer.fault;

import java.util.Locale;

/**
 * What can go wrong, and how each kind of caller hears of it.
 *
 * <p>Close codes 1003–1013 are those of RFC 6455 §7.4.1 and the IANA registry. Of the private ones, 4000–4499 ask the
 * client to reconnect and 4500–4999 ask it not to.
 */
public enum Fault {
    MALFORMED(400, 1007, "This is not a frame Foyer understands."),
    BINARY(400, 1003, "Foyer reads text frames only. Send JSON as text."),
    TOO_COMPLEX(400, 1008, "This JSON is nested too deeply or has too many members."),
    TEXT_REFUSED(400, 1007, "The text holds characters that no message may contain."),
    EMPTY(400, 1008, "The message is empty. Write something first."),
    TOO_LONG(400, 1009, "The message is too long."),
    TOO_LARGE(413, 1009, "The frame is too large."),
    REF(409, 1008, "This ref was used for something else. Make a new one for every message."),
    NO_FILE(
            404,
            1008,
            "This file is not there: it was posted before, is not yours or waited too long. Upload it again."),
    NO_MESSAGE(404, 1008, "There is no such message in this room."),
    NOT_YOURS(403, 1008, "Only its author can change a message."),
    CURSOR(400, 1008, "This place in the history does not exist."),
    BUSY(503, 1013, "The server has more to do than it can. Try again in a moment."),
    UNAVAILABLE(503, 1013, "Messages cannot be stored right now. Try again in a moment."),
    RATE(429, 1013, "Too many messages at once. Wait a moment."),
    TOO_MANY_SOCKETS(429, 1013, "Too many open connections. Close some first."),
    TOO_SLOW(503, 1013, "This client reads too slowly. Connect again."),
    SILENT(408, 4408, "Nothing was heard from this client for too long. Connect again."),
    RESTARTING(503, 1012, "The server is restarting. Connect again in a moment."),
    ORIGIN_REFUSED(403, 4503, "Pages of this origin may not open sockets here."),
    INVALID(422, 1008, "Something in this form is not as it must be."),
    SIGN_IN(401, 4501, "Sign in first."),
    CREDENTIALS(401, 4501, "This name and this password do not belong together."),
    GUESSING(429, 4501, "Too many attempts. Wait a moment before the next."),
    LINK(404, 4504, "This link is not valid. It may have been used already, or be too old. Ask for a new one."),
    SIGNED_OUT(401, 4501, "You have been signed out. Sign in again."),
    TOKEN(401, 4501, "This token is not valid. It may have expired, or have been deleted."),
    NO_SESSION(404, 4504, "There is no such session."),
    NO_TOKEN(404, 4504, "There is no such token."),
    SCOPE(403, 4503, "This token does not allow that. Make one with a wider scope."),
    GUESTS_REFUSED(403, 4503, "Guests cannot do this. Sign in first."),
    FORBIDDEN(403, 4503, "You are not allowed to do this."),
    FORGED(403, 4503, "This did not come from a page of ours. Load the page again and repeat it."),
    ACCESS_CHANGED(409, 4409, "What you may do here has changed. Connect again."),
    NO_PERSON(404, 4503, "There is no such person."),
    ROOMS(429, 1013, "Too many new rooms. Use one that exists, or wait."),
    TAKEN(409, 4503, "This name is taken. Choose another."),
    ROOM_NAME(404, 4504, "There is no room of this name."),
    REMOVED(403, 4505, "You were removed from this room."),
    ARCHIVED(409, 4509, "This room is archived: it can be read, and nothing can be added.");

    private final int httpStatus;
    private final int closeCode;
    private final String sentence;

    Fault(int httpStatus, int closeCode, String sentence) {
        this.httpStatus = httpStatus;
        this.closeCode = closeCode;
        this.sentence = sentence;
    }

    /** The code on the wire and in REST problems: {@code too_long}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int httpStatus() {
        return httpStatus;
    }

    public int closeCode() {
        return closeCode;
    }

    /** One sentence for people, used where nothing more precise is known. */
    public String sentence() {
        return sentence;
    }
}
