package chat.foyer.format;

import java.util.regex.Pattern;
import org.commonmark.renderer.html.UrlSanitizer;

/** Where a link may lead: to the web and to mailboxes, by an address in which nothing is invisible. Thread-safe. */
final class Addresses implements UrlSanitizer {
    private static final int LONGEST = 2_000; // browsers show no longer ones in full either
    private static final Pattern SAFE = Pattern.compile("(?i)(https?://|mailto:)[^\\s\\p{C}\\p{Z}<>\"\\\\]+");

    static boolean safe(String address) {
        return address.length() <= LONGEST && SAFE.matcher(address).matches();
    }

    @Override
    public String sanitizeLinkUrl(String url) {
        return safe(url) || RoomLinks.isAddress(url) ? url : "";
    }

    @Override
    public String sanitizeImageUrl(String url) {
        return ""; // there are no images
    }
}
