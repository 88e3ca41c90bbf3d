package chat.foyer.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds whom a text mentions: {@code @} and a handle, not inside of a word or an address. Thread-safe.
 *
 * <p>A handle may end with a dot or a dash, and so may a sentence after it; which one is meant only the handles that exist
 * can tell, so each mention is a list of what it may be, the longest first.
 */
public final class Mentions {
    /** What mentions everybody in the room; no handle, since it is reserved. */
    static final String ROOM = "room";

    private static final int MOST = 50; // in one text; who means more means the room
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{N}._@/-])@([A-Za-z0-9][A-Za-z0-9._-]{1,31}+)(?![\\p{L}\\p{N}])");

    private Mentions() {}

    /**
     * What may be a mention. Immutable.
     *
     * @param at the place of the {@code @} in the text
     * @param readings the handles that may be meant, in small letters, the longest first; each begins behind the {@code @}
     */
    public record Candidate(int at, List<String> readings) {}

    static boolean possibleIn(String body) {
        return body.indexOf('@') >= 0;
    }

    /** What may be mentions in these pieces of a message; the places are those in their pieces. */
    static List<Candidate> in(List<String> prose) {
        return prose.stream().flatMap(piece -> in(piece).stream()).limit(MOST).toList();
    }

    /** What may be mentions in this text, from its beginning to its end. */
    public static List<Candidate> in(String text) {
        List<Candidate> candidates = new ArrayList<>();
        Matcher matcher = MENTION.matcher(text);
        while (candidates.size() < MOST && matcher.find()) {
            List<String> readings = new ArrayList<>();
            String handle = matcher.group(1).toLowerCase(Locale.ROOT);
            readings.add(handle);
            while (handle.matches(".+[._-]")) {
                handle = handle.substring(0, handle.length() - 1);
                readings.add(handle);
            }
            candidates.add(new Candidate(matcher.start(), readings));
        }
        return candidates;
    }
}
