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
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}[0-9a-f]{6}");
    private static final int CHECKSUM = 6;
    private static final int ID = 24; // 96 bits in hexadecimal digits

    static TokenSecret random() {
        String secret = PREFIX + Secret.create();
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
        return Secret.same(checksum(text.substring(0, end)), text.substring(end))
                ? Optional.of(new TokenSecret(text))
                : Optional.empty();
    }

    private static String checksum(String secret) {
        return Secret.hash("token checksum " + secret).substring(0, CHECKSUM);
    }

    /** By what it is found; safe to show. */
    String id() {
        return "t-" + Secret.hash("token id " + text).substring(0, ID);
    }

    /** By what it is proved. */
    String hash() {
        return Secret.hash(text);
    }

    /** Whether this is the token of which that hash was stored. */
    boolean hasHash(String stored) {
        return Secret.same(stored, hash());
    }

    @Override
    public String toString() {
        return "TokenSecret"; // of a secret
    }
}
