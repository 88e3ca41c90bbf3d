package chat.foyer.user;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells when two names look alike, so that nobody can pass for somebody else. Thread-safe.
 *
 * <p>In the spirit of the skeletons of Unicode's UTS 39 §4, with the letters that attackers use instead of all of them: two
 * names look alike when their skeletons are equal.
 */
public final class LookAlike {
    /** By what a letter looks like: small letters, and capitals that became small ones before. */
    private static final Map<Integer, String> LETTERS = letters(
            "a",
            "аαɑ",
            "b",
            "вЬьβ8",
            "c",
            "сϲ",
            "d",
            "ԁđ",
            "e",
            "еёєε",
            "g",
            "ɡ",
            "h",
            "нһћհ",
            "j",
            "јϳ",
            "k",
            "кκ",
            "l",
            "i1|!ıɩіїιӏł",
            "m",
            "м",
            "n",
            "ηпո",
            "o",
            "0оοσօøө",
            "p",
            "рρ",
            "q",
            "ԛ",
            "s",
            "5ѕ",
            "t",
            "тτ",
            "u",
            "υսц",
            "v",
            "νѵ",
            "w",
            "ԝωшщ",
            "x",
            "хχ",
            "y",
            "уүγ",
            "r",
            "гᴦ",
            "z",
            "ζ",
            "ss",
            "ß",
            "ae",
            "æ",
            "oe",
            "œ");

    private LookAlike() {}

    private static Map<Integer, String> letters(String... pairs) {
        Map<Integer, String> letters = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String like = pairs[i];
            pairs[i + 1].codePoints().forEach(letter -> letters.put(letter, like));
        }
        return Map.copyOf(letters);
    }

    /** What this name has in common with all that look like it; empty when it has neither letters nor digits. */
    public static String skeleton(String name) {
        StringBuilder skeleton = new StringBuilder();
        Normalizer.normalize(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                .codePoints()
                .filter(letter -> letter == '|' || letter == '!' || Character.isLetterOrDigit(letter)) // no marks
                .forEach(letter -> skeleton.append(LETTERS.getOrDefault(letter, Character.toString(letter))));
        return skeleton.toString().replace("rn", "m").replace("vv", "w");
    }
}
