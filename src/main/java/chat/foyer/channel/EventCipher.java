package chat.foyer.channel;

import chat.foyer.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what travels over a bus that others can read, and knows what was tampered with (AES-256-GCM, NIST SP 800-38D).
 * Thread-safe.
 *
 * <p>The first of the keys encrypts, all decrypt: to change the key without a stop, add the new one last on every node, then
 * first, then remove the old one. The place where an event lies is authenticated with it, so that nobody moves it elsewhere.
 *
 * <p>Invariant: no key ever encrypts twice under the same nonce. Each process derives a key of its own from the common one and a
 * random salt (HMAC, as in the extract step of RFC 5869), and counts; random nonces of 96 bits would be worn out after 2^32
 * events, which a busy cluster sends within days.
 */
public final class EventCipher {
    /** How many bytes a key has. */
    public static final int KEY_BYTES = 32;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final String DERIVATION = "HmacSHA256";
    private static final int ID_BYTES = 4;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int PROCESSES = 1_000; // whose keys are kept; that of one more is derived anew

    /** Why something cannot be read. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnreadableException(String reason) {
            super(reason);
        }
    }

    /** One of the common keys and the name by which events say that it is theirs. */
    private record CommonKey(int id, byte[] bytes) {}

    /** Which process used which key. */
    private record Origin(int keyId, ByteBuffer salt) {}

    private final List<CommonKey> keys = new ArrayList<>();
    private final byte[] salt = new byte[SALT_BYTES];
    private final SecretKeySpec own;
    private final AtomicLong count = new AtomicLong();

    private final Map<Origin, SecretKeySpec> derived = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, SecretKeySpec> eldest) {
            return size() > PROCESSES;
        }
    };

    /** One with these keys; nothing is encrypted where there are none. */
    public static Optional<EventCipher> of(List<byte[]> keys) {
        return keys.isEmpty() ? Optional.empty() : Optional.of(new EventCipher(keys));
    }

    /** @param keys at least one, of {@link #KEY_BYTES} bytes each */
    public EventCipher(List<byte[]> keys) {
        for (byte[] key : keys) {
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("A key has " + KEY_BYTES + " bytes");
            }
            this.keys.add(new CommonKey(ByteBuffer.wrap(Sha256.of(key)).getInt(), key.clone()));
        }
        new SecureRandom().nextBytes(salt);
        own = derive(this.keys.get(0), salt);
    }

    /** The text, to be read at this place alone. */
    public String encrypt(String place, String text) {
        long number = count.getAndIncrement();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, own, number, place);
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            ByteBuffer whole = ByteBuffer.allocate(ID_BYTES + SALT_BYTES + Long.BYTES + plain.length + TAG_BYTES);
            whole.putInt(keys.get(0).id()).put(salt).putLong(number);
            cipher.doFinal(ByteBuffer.wrap(plain), whole);
            return Base64.getEncoder().encodeToString(whole.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * What was encrypted for this place.
     *
     * @throws UnreadableException when it was not, or by a key that is not among ours, or was changed since
     */
    public String decrypt(String place, String encrypted) throws UnreadableException {
        ByteBuffer whole;
        try {
            whole = ByteBuffer.wrap(Base64.getDecoder().decode(encrypted));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("it is not encrypted");
        }
        if (whole.remaining() < ID_BYTES + SALT_BYTES + Long.BYTES + TAG_BYTES) {
            throw new UnreadableException("it is not encrypted, or cut off");
        }
        int id = whole.getInt();
        byte[] itsSalt = new byte[SALT_BYTES];
        whole.get(itsSalt);
        long number = whole.getLong();
        for (CommonKey key : keys) {
            if (key.id() == id) {
                return decrypt(place, derived(key, itsSalt), number, whole);
            }
        }
        throw new UnreadableException("it is encrypted with a key that this node does not have");
    }

    private static String decrypt(String place, SecretKeySpec key, long number, ByteBuffer rest)
            throws UnreadableException {
        try {
            byte[] plain = new byte[rest.remaining() - TAG_BYTES];
            cipher(Cipher.DECRYPT_MODE, key, number, place).doFinal(rest, ByteBuffer.wrap(plain));
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new UnreadableException("it was changed or moved on its way");
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, long number, String place)
            throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putLong(NONCE_BYTES - Long.BYTES, number)
                .array();
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SecretKeySpec derived(CommonKey key, byte[] itsSalt) {
        synchronized (derived) {
            return derived.computeIfAbsent(
                    new Origin(key.id(), ByteBuffer.wrap(itsSalt)), origin -> derive(key, itsSalt));
        }
    }

    private static SecretKeySpec derive(CommonKey key, byte[] salt) {
        try {
            Mac mac = Mac.getInstance(DERIVATION);
            mac.init(new SecretKeySpec(key.bytes(), DERIVATION));
            return new SecretKeySpec(mac.doFinal(salt), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + DERIVATION, e);
        }
    }
}
