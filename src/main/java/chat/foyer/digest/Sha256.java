package chat.foyer.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), which every Java platform has. Thread-safe, but for a digest that was begun. */
public final class Sha256 {
    private Sha256() {}

    /** A digest to which nothing was added yet. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes that follow from these. */
    public static byte[] of(byte[] bytes) {
        return begin().digest(bytes);
    }

    /** Those of the text in UTF-8. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
