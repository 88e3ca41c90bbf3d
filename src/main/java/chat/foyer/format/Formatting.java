package chat.foyer.format;

import chat.foyer.message.Mention;
import chat.foyer.message.Message;
import java.util.Optional;
import java.util.Set;

/**
 * The HTML of a message, where it says more than its text. Thread-safe.
 *
 * <p>Most messages are nothing but text, and cost a look at each of their characters. The others are rendered once and kept
 * for a while, since history and whoever comes back asks for the same ones again.
 *
 * <p>A message is text, too, when it is longer than {@value #MOST_CHARS} characters or its HTML than {@value #MOST_HTML}.
 * With the limits of {@link Markdown} and {@link ChatNodes} that bounds what a hostile one costs.
 */
public final class Formatting {
    static final int MOST_CHARS = 8_000;
    static final int MOST_HTML = 32_768;

    private static final RenderedLately RENDERED = new RenderedLately();

    private Formatting() {}

    /** Empty when the text of the message, shown as it is, shows all. */
    public static Optional<String> htmlOf(Message message) {
        String body = message.body();
        if (message.note().isPresent() || body.length() > MOST_CHARS || !Markup.possibleIn(body)) {
            return Optional.empty();
        }
        return RENDERED.get(new Source(body, message.mentions()), Formatting::rendered);
    }

    private static Optional<String> rendered(Source source) {
        return Markdown.html(source).map(SafeHtml::of).filter(html -> html.length() <= MOST_HTML);
    }

    /** All that the HTML depends on. */
    record Source(String body, Set<Mention> mentions) {}
}
