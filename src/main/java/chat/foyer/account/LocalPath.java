package chat.foyer.account;

import java.util.regex.Pattern;

/**
 * Where to go next, when a request says so: addresses of this site only. Thread-safe.
 *
 * <p>Browsers take {@code //host}, {@code /\host} and, once they have dropped tabs and line feeds, {@code /<TAB>/host} for
 * addresses of other sites, which would make a sign-in page lead to a stranger's.
 */
final class LocalPath {
    private static final Pattern FORM = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]{0,2000}");

    private LocalPath() {}

    /** This path, if it lies below the context; otherwise the lobby. */
    static String of(String claimed, String context) {
        boolean local = claimed != null && FORM.matcher(claimed).matches() && claimed.startsWith(context + "/");
        boolean strange = local && claimed.startsWith("//", context.length());
        return local && !strange ? claimed : context + "/chat/";
    }
}
