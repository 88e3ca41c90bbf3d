package chat.foyer.bench.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whose classes the objects on a heap are of, by what {@code jcmd GC.class_histogram} prints. */
final class HeapHolders {
    /** In this order: the first that fits counts. */
    private enum Holder {
        FOYER("Foyer", "chat.foyer."),
        TYRUS("Tyrus", "org.glassfish.tyrus."),
        GRIZZLY("Grizzly", "org.glassfish.grizzly."),
        UNDERTOW("Undertow", "io.undertow."),
        XNIO("XNIO", "org.xnio."),
        REST_OF_SERVER(
                "the rest of the server",
                "org.glassfish.",
                "org.apache.catalina.",
                "com.sun.",
                "fish.payara.",
                "org.jboss.",
                "org.wildfly."),
        JDK("the JDK", "java.", "javax.", "jdk.", "sun."),
        ELSE("anything else", "");

        private final String title;
        private final List<String> prefixes;

        Holder(String title, String... prefixes) {
            this.title = title;
            this.prefixes = List.of(prefixes);
        }
    }

    private static final String NUMBERS = "arrays of bytes and numbers";
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(?<bytes>\\d+)\\s+(?<type>\\S+).*");

    private HeapHolders() {}

    /** Bytes by holder. */
    static Map<String, Long> read(String histogram) {
        Map<String, Long> held = new LinkedHashMap<>();
        for (Holder holder : Holder.values()) {
            held.put(holder.title, 0L);
        }
        histogram
                .lines()
                .map(LINE::matcher)
                .filter(line -> line.matches())
                .forEach(
                        line -> held.merge(holder(line.group("type")), Long.parseLong(line.group("bytes")), Long::sum));
        return held;
    }

    private static String holder(String type) {
        if (type.matches("\\[+[BCDFIJSZ]")) {
            return NUMBERS;
        }
        String name = type.replaceFirst("^\\[+L", "");
        for (Holder holder : Holder.values()) {
            if (holder.prefixes.stream().anyMatch(name::startsWith)) {
                return holder.title;
            }
        }
        throw new IllegalStateException(type);
    }
}
