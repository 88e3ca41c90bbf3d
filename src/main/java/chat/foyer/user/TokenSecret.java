package chat.foyer.user;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A personal access token as its owner holds it: {@code foyer_}, 256 random bits and six characters of checksum, so that
 * one that was mistyped or cut off is told without asking the database. Immutable; never logged.
 *
 * @param text the whole of it
 */
public record TokenSecret(String text) {
    private static final String PREFIX = "foyer_"; // lets secret scanners find one that was published
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{49}");
    private static final int CHECKSUM = 6;
    private static final int ID = 22; // of 6 bits

    static TokenSecret random() {
        String secret = PREFIX + Secrets.random();
        return new TokenSecret(secret + checksum(secret));
    }

    /** Whether this is meant to be a token of ours, be it a good one or not. */
    static boolean isMeant(String text) {
        return text.startsWith(PREFIX);
    }

    /** The token in this text; empty when it cannot be one. */
    static Optional<TokenSecret> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int end = text.length() - CHECKSUM;
        return Secrets.same(checksum(text.substring(0, end)), text.substring(end))
                ? Optional.of(new TokenSecret(text))
                : Optional.empty();
    }

    private static String checksum(String secret) {
        return Secrets.extract("token checksum", secret, CHECKSUM);
    }

    /** By what it is found; safe to show. */
    String id() {
        return "t-" + Secrets.extract("token id", text, ID);
    }

    /** By what it is proved. */
    String hash() {
        return Secrets.hash("token", text);
    }

    @Override
    public String toString() {
        return "TokenSecret"; // of a secret
    }
}
