package chat.foyer.user;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Makes hashes of passwords and compares with them: PBKDF2 (RFC 8018 §5.2) with HMAC-SHA256. Thread-safe.
 *
 * <p>Invariant: at most two hashes are computed at once, however many ask, so that a storm of sign-ins leaves processors
 * for the chat. Who finds no place within a few seconds is told to come again. A hash holds its own parameters, so that
 * the number of iterations may grow.
 */
@ApplicationScoped
public class Passwords {
    static final int ITERATIONS = 600_000; // OWASP's advice for this function
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 5;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 256;
    private static final String FORM = "pbkdf2-sha256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int iterations;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** Compared with where there is nobody: it takes the same time, and nothing equals it. */
    private final String nobodys;

    public Passwords() {
        this(ITERATIONS);
    }

    /** With fewer iterations, for tests. */
    Passwords(int iterations) {
        this.iterations = iterations;
        this.nobodys = form(iterations, random(SALT_BYTES), random(HASH_BITS / Byte.SIZE));
    }

    /** @throws ChatException ({@link Fault#INVALID}) when this may not become somebody's password */
    public static void check(String password, String field) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.password", MIN_LENGTH, MAX_LENGTH), field);
        }
    }

    /** What to store of this password. */
    public String hash(String password) {
        byte[] salt = random(SALT_BYTES);
        return form(iterations, salt, compute(password, salt, iterations));
    }

    /** Whether this is the password of that hash; takes as long, and says no, when there is none. */
    public boolean matches(String password, Optional<String> stored) {
        if (password.codePointCount(0, password.length()) > MAX_LENGTH) {
            return false; // nobody has one, and hashing it would take time that a stranger decides
        }
        String[] parts = stored.orElse(nobodys).split("\\$");
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        byte[] actual = compute(password, Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(expected, actual) && stored.isPresent();
    }

    /** Whether a hash was made with other parameters than new ones are, so that it should be made anew. */
    public boolean isOutdated(String stored) {
        return !stored.startsWith(FORM + "$" + iterations + "$");
    }

    private byte[] compute(String password, byte[] salt, int rounds) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ChatException(Fault.BUSY, Phrase.of("fault.password.busy"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(Fault.BUSY);
        }
        // the same letters, however the keyboard composes them
        char[] letters = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
        PBEKeySpec key = new PBEKeySpec(letters, salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 8 has PBKDF2WithHmacSHA256", e);
        } finally {
            key.clearPassword();
            places.release();
        }
    }

    private static String form(int iterations, byte[] salt, byte[] hash) {
        Base64.Encoder text = Base64.getEncoder();
        return FORM + "$" + iterations + "$" + text.encodeToString(salt) + "$" + text.encodeToString(hash);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
