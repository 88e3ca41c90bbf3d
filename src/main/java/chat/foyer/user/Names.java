package chat.foyer.user;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people may be called. Thread-safe. */
public final class Names {
    private static final Pattern HANDLE = Pattern.compile("[a-z0-9][a-z0-9._-]{1,31}");
    private static final int MAX_CODE_POINTS = 60;
    private static final int MAX_LENGTH = 100; // of the column, in units of UTF-16

    /** Names by which somebody would pass for the site itself, or for everybody. */
    private static final Set<String> RESERVED = Stream.of(
                    "admin",
                    "administrator",
                    "moderator",
                    "operator",
                    "root",
                    "system",
                    "sysadmin",
                    "security",
                    "postmaster",
                    "webmaster",
                    "hostmaster",
                    "abuse",
                    "foyer",
                    "django",
                    "room",
                    "here",
                    "all",
                    "everyone",
                    "everybody",
                    "channel",
                    "guest",
                    "bot",
                    "support",
                    "help",
                    "info",
                    "me",
                    "you",
                    "nobody",
                    "anonymous",
                    "deleted",
                    "null",
                    "undefined")
            .map(LookAlike::skeleton)
            .collect(Collectors.toUnmodifiableSet());

    private Names() {}

    /**
     * The handle that somebody wants, in small letters.
     *
     * @throws ChatException ({@link Fault#INVALID}, {@link Fault#TAKEN}) when it cannot be one
     */
    public static String handle(String text) {
        String handle = text.strip().toLowerCase(Locale.ROOT);
        if (!HANDLE.matcher(handle).matches()) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.handle"), "handle");
        }
        if (RESERVED.contains(LookAlike.skeleton(handle))) {
            throw new ChatException(Fault.TAKEN, Phrase.of("fault.handle.reserved"), "handle");
        }
        return handle;
    }

    /**
     * The name that somebody wants to be seen by, normalised (NFKC) and without superfluous spaces.
     *
     * @throws ChatException ({@link Fault#INVALID}, {@link Fault#TAKEN}) when it cannot be one
     */
    public static String display(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\p{Zs}+", " ")
                .strip();
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS || name.length() > MAX_LENGTH) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.name.long", MAX_CODE_POINTS), "name");
        }
        if (!name.codePoints().allMatch(Names::isVisible)) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.name.invisible"), "name");
        }
        String skeleton = LookAlike.skeleton(name);
        if (skeleton.isEmpty()) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.name.empty"), "name");
        }
        if (RESERVED.contains(skeleton)) {
            throw new ChatException(Fault.TAKEN, Phrase.of("fault.name.reserved"), "name");
        }
        return name;
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
