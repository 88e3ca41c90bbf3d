package chat.foyer.format;

import chat.foyer.message.Prose;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Takes for prose what {@link Formatting} shows as such: who is mentioned by a message can be seen in it. Thread-safe. */
@ApplicationScoped
public class MarkdownProse implements Prose {
    @Override
    public List<String> of(String body) {
        List<String> all = List.of(body);
        return body.length() > Formatting.MOST_CHARS
                ? all
                : Markdown.prose(body).orElse(all);
    }
}
