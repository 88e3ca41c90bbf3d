package chat.foyer.testing.checker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a checker found. Immutable.
 *
 * @param acknowledged how many refs were answered as stored
 * @param stored how many messages the database holds
 * @param seen how many messages were told to clients, over all connections
 * @param found what was wrong, with one sentence for each case
 */
public record Verdict(long acknowledged, long stored, long seen, Map<Kind, List<String>> found) {

    /** What can be wrong. */
    public enum Kind {
        /** Acknowledged, and not in the database as it was acknowledged. */
        LOST,
        /** Twice in the database under one author and ref, twice on one connection, or told again after it was known. */
        DUPLICATE,
        /** A number that is not above the one before it on the same connection, or stands in the database twice. */
        DISORDER,
        /** Shown to somebody, and not in the database. */
        PHANTOM,
        /** Two connections were told different things under one number. */
        DISAGREEMENT,
        /** In the database, and never told to a client that was promised it. */
        MISSED,
        /** Said, and in the end neither acknowledged nor refused; no fault while the client may still ask. */
        IN_DOUBT
    }

    public Verdict {
        Map<Kind, List<String>> copy = new EnumMap<>(Kind.class);
        found.forEach((kind, cases) -> copy.put(kind, List.copyOf(cases)));
        found = Collections.unmodifiableMap(copy);
    }

    public int count(Kind kind) {
        return found.getOrDefault(kind, List.of()).size();
    }

    /** Whether no promise was broken; what is in doubt breaks none. */
    public boolean clean() {
        return found.keySet().stream().allMatch(kind -> kind == Kind.IN_DOUBT);
    }

    /** This and the verdict about another room. */
    public Verdict and(Verdict other) {
        Map<Kind, List<String>> both = new EnumMap<>(Kind.class);
        for (Verdict verdict : List.of(this, other)) {
            verdict.found.forEach((kind, cases) ->
                    both.computeIfAbsent(kind, any -> new ArrayList<>()).addAll(cases));
        }
        return new Verdict(acknowledged + other.acknowledged, stored + other.stored, seen + other.seen, both);
    }

    /** Nothing was said and nothing is wrong. */
    public static Verdict none() {
        return new Verdict(0, 0, 0, Map.of());
    }

    @Override
    public String toString() {
        String summary = "acknowledged %d, stored %d, told %d".formatted(acknowledged, stored, seen);
        return found.entrySet().stream()
                .map(entry -> "\n  %s %d: %s"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().size(),
                                entry.getValue().stream().limit(3).collect(Collectors.joining("; "))))
                .collect(Collectors.joining("", summary, ""));
    }
}
