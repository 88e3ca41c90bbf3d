package chat.foyer.fault;

import chat.foyer.words.Phrase;
import chat.foyer.words.Words;
import java.util.Locale;

/**
 * What can go wrong, and how each kind of caller hears of it; the sentence of each stands among the words, as {@code fault.<code>}.
 *
 * <p>Close codes 1003–1013 are those of RFC 6455 §7.4.1 and the IANA registry. Of the private ones, 4000–4499 ask the
 * client to reconnect and 4500–4999 ask it not to.
 */
public enum Fault {
    MALFORMED(400, 1007),
    BINARY(400, 1003),
    TOO_COMPLEX(400, 1008),
    TEXT_REFUSED(400, 1007),
    EMPTY(400, 1008),
    TOO_LONG(400, 1009),
    TOO_LARGE(413, 1009),
    REF(409, 1008),
    NO_FILE(404, 1008),
    NO_MESSAGE(404, 1008),
    NOT_YOURS(403, 1008),
    CURSOR(400, 1008),
    BUSY(503, 1013),
    UNAVAILABLE(503, 1013),
    RATE(429, 1013),
    TOO_MANY_SOCKETS(429, 1013),
    TOO_SLOW(503, 1013),
    SILENT(408, 4408),
    RESTARTING(503, 1012),
    ORIGIN_REFUSED(403, 4503),
    INVALID(422, 1008),
    SIGN_IN(401, 4501),
    CREDENTIALS(401, 4501),
    GUESSING(429, 4501),
    LINK(404, 4504),
    SIGNED_OUT(401, 4501),
    TOKEN(401, 4501),
    NO_SESSION(404, 4504),
    NO_TOKEN(404, 4504),
    SCOPE(403, 4503),
    GUESTS_REFUSED(403, 4503),
    FORBIDDEN(403, 4503),
    FORGED(403, 4503),
    ACCESS_CHANGED(409, 4409),
    NO_PERSON(404, 4503),
    ROOMS(429, 1013),
    TAKEN(409, 4503),
    ROOM_NAME(404, 4504),
    REMOVED(403, 4505),
    ARCHIVED(409, 4509);

    private static final String WORDS = "fault.";

    private final int httpStatus;
    private final int closeCode;

    Fault(int httpStatus, int closeCode) {
        this.httpStatus = httpStatus;
        this.closeCode = closeCode;
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

    /** One sentence for people, where nothing more precise is known. */
    public Phrase phrase() {
        return Phrase.of(WORDS + code());
    }

    /** The same for programs and logs. */
    public String sentence() {
        return phrase().in(Words.ENGLISH);
    }
}
