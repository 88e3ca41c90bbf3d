package chat.foyer.config;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing an administrator can set: its key, its default and how its text becomes a value. Immutable.
 *
 * @param key the MicroProfile Config key, such as {@code foyer.redis.url}
 * @param defaultText what holds when nothing is set; empty for "not set"
 * @param accepts what may be written, for people
 * @param meaning what it does, for people
 * @param secret whether the value must never be logged or shown
 * @param parser turns the text into a value
 * @param <T> the type of the value
 */
public record Setting<T>(
        String key, String defaultText, String accepts, String meaning, boolean secret, Parser<T> parser) {

    /** Turns the text of a setting into its value, or says in one sentence what is wrong with it. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IllegalArgumentException with a sentence that follows "the key: " and says what to write instead */
        T parse(String text);
    }

    public Setting {
        Objects.requireNonNull(key);
        Objects.requireNonNull(parser);
    }

    /** The environment variable that MicroProfile Config maps to this key: {@code FOYER_REDIS_URL}. */
    public String environmentName() {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    T parse(String text) {
        try {
            return parser.parse(text.strip());
        } catch (IllegalArgumentException e) {
            String shown = secret || text.isEmpty() ? "" : " (it is \"" + text + "\")";
            throw new ConfigurationException(key + ": " + e.getMessage() + shown);
        }
    }
}
