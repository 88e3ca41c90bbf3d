package chat.foyer.user;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import chat.foyer.words.Words;
import java.text.Normalizer;

/**
 * What administrators decide about the whole site. Immutable.
 *
 * @param name what it is called
 * @param language of pages for people who have chosen none
 * @param guests whether people without an account may come in, unless a setting says otherwise
 * @param registration whether everybody may make themselves an account
 */
public record Site(String name, String language, boolean guests, boolean registration) {
    private static final int MAX_NAME = 60;

    public Site {
        name = Normalizer.normalize(name, Normalizer.Form.NFKC).strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.matches("(?s).*[\\p{C}\\p{Zl}\\p{Zp}].*")) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.site", MAX_NAME), "site");
        }
        checkLanguage(language);
    }

    /** @throws ChatException ({@link Fault#INVALID}) when there are no words for this language */
    public static void checkLanguage(String language) {
        if (!Words.LANGUAGES.contains(language)) {
            throw new ChatException(
                    Fault.INVALID, Phrase.of("fault.language", String.join(", ", Words.LANGUAGES)), "language");
        }
    }
}
