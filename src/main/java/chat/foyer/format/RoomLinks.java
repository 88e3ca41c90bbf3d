package chat.foyer.format;

import chat.foyer.fault.ChatException;
import chat.foyer.room.RoomName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Link;

/**
 * Links to rooms: {@code #} and a name that begins with a letter and is no colour, not inside of a word or an address.
 * Thread-safe.
 *
 * <p>Whether there is such a room is not asked: it would tell strangers which closed ones there are. The address is relative to
 * that of a room's page.
 */
final class RoomLinks {
    static final String CLASS = "to-room";

    /** What such an address looks like, as a regular expression: one segment, in the characters of {@link RoomName#pathSegment}. */
    static final String ADDRESS = "\\.\\./[A-Za-z0-9%._*-]+/";

    private static final Pattern ROOM = Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}._#&@/-])#"
            + "(\\p{L}(?:[._-]{0,3}+[\\p{L}\\p{M}\\p{N}]){0,99}+)(?![\\p{L}\\p{M}\\p{N}#])");

    /** As style sheets name one; where words may have these letters, a digit or thrice the same letter tells it from them. */
    private static final Pattern COLOUR =
            Pattern.compile("(?=.*(?:[0-9]|(.)\\1\\1))(?:\\p{XDigit}{3}|\\p{XDigit}{6}|\\p{XDigit}{8})");

    private static final Pattern WHOLE_ADDRESS = Pattern.compile(ADDRESS);

    private RoomLinks() {}

    static Matcher in(String text) {
        return ROOM.matcher(text);
    }

    static boolean isAddress(String address) {
        return WHOLE_ADDRESS.matcher(address).matches();
    }

    /** Empty when no room can be called like this, or a colour is. */
    static Optional<Link> to(String name) {
        if (COLOUR.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Link("../" + new RoomName(name).pathSegment() + "/", null));
        } catch (ChatException e) {
            return Optional.empty();
        }
    }
}
