package chat.foyer.web;

import java.util.Locale;

/**
 * Whether a Content-Type is one that servers take apart into parameters, in memory. Thread-safe; {@code null}, when there is
 * none, is no form.
 */
public final class FormType {
    private FormType() {}

    /** What a form sends unless it says otherwise. */
    public static boolean isForm(String contentType) {
        return lower(contentType).startsWith("application/x-www-form-urlencoded");
    }

    /** What a form with files sends, and its relatives. */
    public static boolean isMultipart(String contentType) {
        return lower(contentType).startsWith("multipart/");
    }

    private static String lower(String contentType) {
        return String.valueOf(contentType).strip().toLowerCase(Locale.ROOT);
    }
}
