package chat.foyer.words;

import java.util.List;

/**
 * Something to be said to people, in whatever language they read. Immutable if its arguments are.
 *
 * @param key by which {@link Words} know it
 * @param arguments what it is about: texts and numbers
 */
public record Phrase(String key, List<Object> arguments) {
    public Phrase {
        arguments = List.copyOf(arguments);
    }

    public static Phrase of(String key, Object... arguments) {
        return new Phrase(key, List.of(arguments));
    }

    /** @throws IllegalArgumentException when these words do not know the key */
    public String in(Words words) {
        return words.of(key, arguments.toArray());
    }
}
