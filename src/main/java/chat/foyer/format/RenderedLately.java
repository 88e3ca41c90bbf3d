package chat.foyer.format;

import chat.foyer.format.Formatting.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was rendered lately, also that nothing was to be rendered. Thread-safe; two who ask for the same at the same moment
 * may both render it.
 *
 * <p>Invariant: {@link #chars} is what all that is kept takes, and at most {@value #MOST_CHARS} but for what came last. What
 * was not asked for the longest goes first.
 */
final class RenderedLately {
    static final int MOST_CHARS = 2 * 1024 * 1024;
    private static final int ENTRY = 100; // what one takes beside its characters, as if it were some

    private final Map<Source, Optional<String>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int chars;

    Optional<String> get(Source source, Function<Source, Optional<String>> render) {
        synchronized (this) {
            Optional<String> known = kept.get(source);
            if (known != null) {
                return known;
            }
        }
        Optional<String> rendered = render.apply(source);
        keep(source, rendered);
        return rendered;
    }

    private synchronized void keep(Source source, Optional<String> rendered) {
        if (kept.put(source, rendered) == null) {
            chars += weight(source, rendered);
        }
        var oldest = kept.entrySet().iterator();
        while (chars > MOST_CHARS && kept.size() > 1) {
            Map.Entry<Source, Optional<String>> entry = oldest.next();
            chars -= weight(entry.getKey(), entry.getValue());
            oldest.remove();
        }
    }

    private static int weight(Source source, Optional<String> rendered) {
        return ENTRY + source.body().length() + rendered.map(String::length).orElse(0);
    }
}
