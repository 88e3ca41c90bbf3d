package chat.foyer.words;

import java.util.Locale;

/**
 * The form of a word that goes with a whole number, by the cardinal rules of the Unicode CLDR (Language Plural Rules, "en" and
 * "ru"), since {@link java.text.ChoiceFormat} knows ranges only: in Russian 21 goes with one form, 22 with another, 25 with a third.
 */
enum Plural {
    ONE,
    FEW,
    MANY,
    OTHER;

    /** @param number not negative */
    static Plural of(String language, long number) {
        return switch (language) {
            case "en" -> number == 1 ? ONE : OTHER;
            case "ru" -> russian(number % 10, number % 100);
            default -> throw new IllegalArgumentException("There is no plural rule for " + language);
        };
    }

    private static Plural russian(long lastDigit, long lastTwoDigits) {
        boolean teen = lastTwoDigits >= 11 && lastTwoDigits <= 14;
        if (lastDigit == 1 && !teen) {
            return ONE;
        }
        return lastDigit >= 2 && lastDigit <= 4 && !teen ? FEW : MANY;
    }

    /** How the key of its words ends. */
    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
