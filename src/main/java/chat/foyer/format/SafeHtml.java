package chat.foyer.format;

import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * The second wall: lets through the elements and attributes that {@link Markdown} writes and nothing else, whatever a
 * mistake there, or in the library that it uses, lets anybody write. Thread-safe.
 */
final class SafeHtml {
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements("p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span")
            .allowUrlProtocols("http", "https", "mailto")
            .allowAttributes("href")
            .matching(Pattern.compile("(?i)(https?://|mailto:).+|" + RoomLinks.ADDRESS))
            .onElements("a")
            .allowAttributes("rel")
            .matching(false, Markdown.REL)
            .onElements("a")
            .allowAttributes("target")
            .matching(false, Markdown.TARGET)
            .onElements("a")
            .allowAttributes("class")
            .matching(false, RoomLinks.CLASS)
            .onElements("a")
            .allowAttributes("class")
            .matching(false, MentionNode.CLASS)
            .onElements("span")
            .allowAttributes(MentionNode.PERSON)
            .matching(Pattern.compile("[A-Za-z0-9_-]{1,64}|\\*"))
            .onElements("span")
            .allowAttributes("start")
            .matching(Pattern.compile("\\d{1,9}"))
            .onElements("ol")
            .toFactory();

    private SafeHtml() {}

    static String of(String html) {
        return POLICY.sanitize(html);
    }
}
