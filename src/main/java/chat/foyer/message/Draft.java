package chat.foyer.message;

import chat.foyer.config.Limit;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What somebody wants to say, not yet accepted. Immutable.
 *
 * @param ref the author's own name for this message, by which its echo is recognised
 * @param body the text, never normalised
 * @param files what the message is to carry, uploaded before
 * @param prose where in the text handles mention; all of it, as long as nobody has {@linkplain #readBy read} it
 */
public record Draft(String ref, String body, List<UUID> files, List<String> prose) {
    /** The longest ref, in characters. */
    public static final int MAX_REF_LENGTH = 64;

    /** How many files a message carries at most. */
    public static final int MAX_FILES = 10;

    private static final int MAX_BODY_LENGTH = 1_000_000; // what the column holds, should the limits be off

    private static final Pattern REF = Pattern.compile("[\\x21-\\x7E]{1," + MAX_REF_LENGTH + "}");

    /** @throws ChatException when the ref or the text cannot be part of any message */
    public Draft {
        if (!REF.matcher(ref).matches()) {
            throw new ChatException(
                    Fault.MALFORMED,
                    "A ref is 1 to " + MAX_REF_LENGTH + " visible ASCII characters; make a new one for every message.");
        }
        if (body.length() > MAX_BODY_LENGTH) {
            throw new ChatException(Fault.TOO_LONG);
        }
        body.codePoints().forEach(Draft::checkCharacter);
        files = List.copyOf(files);
        if (files.size() > MAX_FILES || files.stream().distinct().count() < files.size()) {
            throw new ChatException(Fault.MALFORMED, Phrase.of("fault.message.files", MAX_FILES));
        }
    }

    public Draft(String ref, String body, List<UUID> files) {
        this(ref, body, files, List.of(body));
    }

    /** A draft without files. */
    public Draft(String ref, String body) {
        this(ref, body, List.of());
    }

    Draft readBy(Prose reader) {
        return Mentions.possibleIn(body) ? new Draft(ref, body, files, reader.of(body)) : this;
    }

    private static void checkCharacter(int codePoint) {
        boolean layout = codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
        int type = Character.getType(codePoint);
        if (type == Character.CONTROL && !layout) {
            throw new ChatException(
                    Fault.TEXT_REFUSED, Phrase.of("fault.message.control", "U+%04X".formatted(codePoint)));
        }
        if (type == Character.SURROGATE) {
            throw new ChatException(Fault.TEXT_REFUSED, Phrase.of("fault.message.surrogate"));
        }
    }

    /** @throws ChatException ({@link Fault#TOO_LONG}) when the text has more code points than the limit */
    public void checkLength(Limit limit) {
        if (limit.exceededBy(body.codePointCount(0, body.length()))) {
            throw new ChatException(Fault.TOO_LONG, Phrase.of("fault.message.long", limit));
        }
    }

    /** @throws ChatException ({@link Fault#EMPTY}) when there is nothing to read in the text, and no file */
    public void checkNotBlank() {
        if (body.isBlank() && files.isEmpty()) {
            throw new ChatException(Fault.EMPTY);
        }
    }
}
