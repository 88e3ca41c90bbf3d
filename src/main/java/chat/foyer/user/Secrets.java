package chat.foyer.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** How secrets are made, and what is kept of them. Thread-safe. */
final class Secrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 256 random bits in URL-safe Base64: 43 characters. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return base64(bytes);
    }

    /** SHA-256 in hexadecimal; each purpose has a hash of its own, so that one tells nothing of the other. */
    static String hash(String purpose, String secret) {
        return HexFormat.of().formatHex(sha256(purpose, secret));
    }

    /** The beginning of a hash, as an id that may be shown or a checksum: so many characters of URL-safe Base64. */
    static String extract(String purpose, String secret, int length) {
        return base64(sha256(purpose, secret)).substring(0, length);
    }

    /** Compares in a time that does not tell how much of them is equal. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String purpose, String secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((purpose + " " + secret).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
