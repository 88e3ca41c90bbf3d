package chat.foyer.format;

/**
 * A quick look whether a text may have any markup: every message passes here, so it takes nanoseconds and is not exact.
 * Thread-safe.
 *
 * <p>Invariant: a text of which this says no is shown by {@link Markdown} as it is.
 */
final class Markup {
    private static final int NOTHING = 0;
    private static final int ALWAYS = 1;
    private static final int BESIDE_OTHERS = 2; // means something together with what stands before or after it

    private static final byte[] MEANING = new byte[128];

    static {
        "*_`[<>&\\@#".chars().forEach(c -> MEANING[c] = ALWAYS);
        "~-+.):".chars().forEach(c -> MEANING[c] = BESIDE_OTHERS);
    }

    private Markup() {}

    static boolean possibleIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int meaning = c < MEANING.length ? MEANING[c] : NOTHING;
            if (meaning == ALWAYS || meaning == BESIDE_OTHERS && meansSomething(text, i, c)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meansSomething(String text, int i, char c) {
        return switch (c) {
            case '~' -> text.startsWith("~~", i);
            case ':' -> text.startsWith("://", i);
            case '.' -> endsHostPrefix(text, i) || endsNumberOfItem(text, i);
            case ')' -> endsNumberOfItem(text, i);
            default -> beginsLine(text, i); // a dash or a plus before an item
        };
    }

    private static boolean endsHostPrefix(String text, int dot) {
        return text.regionMatches(true, dot - 3, "www", 0, 3);
    }

    private static boolean endsNumberOfItem(String text, int end) {
        int begin = end;
        while (begin > 0 && isDigit(text.charAt(begin - 1))) {
            begin--;
        }
        return begin < end && beginsLine(text, begin);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean beginsLine(String text, int at) {
        int i = at;
        while (i > 0 && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) {
            i--;
        }
        return i == 0 || text.charAt(i - 1) == '\n' || text.charAt(i - 1) == '\r';
    }
}
