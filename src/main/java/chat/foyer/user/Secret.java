package chat.foyer.user;

import chat.foyer.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets that somebody proves something by: 256 random bits, of which we keep the hash only. Thread-safe.
 *
 * <p>A plain hash suffices for them, unlike for passwords, since nobody can try 2^256 of them.
 */
public final class Secret {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 12; // 96 bits: not secret, only never given twice
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** A new one, in URL-safe Base64. */
    public static String create() {
        return random(BYTES);
    }

    /** A new public id with this prefix, such as {@code u-}. */
    public static String newId(String prefix) {
        return prefix + random(ID_BYTES);
    }

    /** Whether this text has the form of a secret that {@link #create} made. */
    public static boolean isSecret(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    /** Compares secrets, or what is stored of them, in a time that does not tell how much of them is equal. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** What is stored of a secret: its SHA-256, in hexadecimal digits. */
    public static String hash(String secret) {
        return HexFormat.of().formatHex(Sha256.of(secret));
    }

    /**
     * Another secret that follows from this one and the text by HMAC-SHA256 (RFC 2104); it tells nothing about this one.
     */
    public static String following(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return text(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return text(bytes);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
