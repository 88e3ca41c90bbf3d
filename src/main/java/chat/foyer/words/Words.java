package chat.foyer.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of one language, from {@code words_<language>.properties}. Immutable.
 *
 * <p>Not a {@link java.util.ResourceBundle}: where one has no file for a language, it takes the one of the machine's, and a server
 * in Moscow would speak Russian to whoever asks for English.
 *
 * <p>Texts with arguments are patterns of {@link MessageFormat}, in which an apostrophe is written twice; others are said as they are.
 */
public final class Words {
    /** The languages there are words for, as in BCP 47. */
    public static final List<String> LANGUAGES = List.of("en", "ru");

    private static final int LONGEST_PREFERENCE = 200;

    private static final String RANGE = "(\\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)( *; *q=[01](\\.[0-9]{0,3})?)?";

    /** By the grammar of RFC 4647 §2.1: {@link Locale.LanguageRange#parse} fails in ways of its own at some other texts. */
    private static final Pattern PREFERENCE = Pattern.compile(RANGE + "( *, *" + RANGE + ")*");

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");
    private static final Map<String, Words> ALL =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Words::new));

    /** What programs and logs are told. */
    public static final Words ENGLISH = ALL.get("en");

    private final String language;
    private final Locale locale;
    private final Map<String, String> texts;

    private Words(String language) {
        this.language = language;
        this.locale = Locale.forLanguageTag(language);
        this.texts = read(language);
    }

    private static Map<String, String> read(String language) {
        String file = "words_" + language + ".properties";
        Properties properties = new Properties();
        try (InputStream bytes = Words.class.getResourceAsStream(file)) {
            properties.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().toString(),
                        entry -> entry.getValue().toString()));
    }

    /** @param language as in BCP 47 */
    public static Optional<Words> in(String language) {
        return Optional.ofNullable(ALL.get(language));
    }

    /**
     * The first language there are words for (RFC 4647 §3.4).
     *
     * @param accepted the value of an {@code Accept-Language} (RFC 9110 §12.5.4); one that is none prefers nothing
     */
    public static Optional<Words> preferred(String accepted) {
        if (accepted.length() > LONGEST_PREFERENCE
                || !PREFERENCE.matcher(accepted).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookupTag(Locale.LanguageRange.parse(accepted), LANGUAGES))
                    .flatMap(Words::in);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As in BCP 47. */
    public String getLanguage() {
        return language;
    }

    public Locale getLocale() {
        return locale;
    }

    /** Where lines begin, as the {@code dir} of HTML. */
    public String getDirection() {
        return "ltr";
    }

    /**
     * All words by their keys, unchangeable, for keys that may not be there, and for views: {@code #{text['rooms']}}. A call from an
     * expression searches the methods anew each time, which for the words of a page adds up (docs/page.md).
     */
    public Map<String, String> texts() {
        return texts;
    }

    /** @throws IllegalArgumentException when there are no such words */
    public String of(String key, Object... arguments) {
        String text = text(key);
        return arguments.length == 0 ? text : new MessageFormat(text, locale).format(arguments);
    }

    /**
     * The form of these words that goes with a number, which is their only argument.
     *
     * @param number not negative
     */
    public String count(String key, long number) {
        return of(key + Plural.of(language, number).suffix(), number);
    }

    /** The same as {@link #of(String, Object...)}, in pieces; its arguments have no format of their own. */
    public List<Part> parts(String key, Object... arguments) {
        String text = text(key);
        List<Part> parts = new ArrayList<>();
        int end = 0;
        Matcher argument = ARGUMENT.matcher(text);
        while (argument.find()) {
            addWords(parts, text.substring(end, argument.start()));
            int number = Integer.parseInt(argument.group(1));
            parts.add(Part.argument(number, String.valueOf(arguments[number])));
            end = argument.end();
        }
        addWords(parts, text.substring(end));
        return parts;
    }

    private static void addWords(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(Part.words(text.replace("''", "'")));
        }
    }

    /** As it is written, with its arguments to be filled in. */
    String text(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("There are no words for " + key + " in " + language);
        }
        return text;
    }
}
