package chat.foyer.message;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes ids that grow with time (UUID version 7, RFC 9562 §5.7), so that an index on them is written at its end. Thread-safe. */
public final class Uuid7 {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MILLIS_SHIFT = 16;

    private Uuid7() {}

    /** A new id, made at this time. */
    public static UUID next(long epochMillis) {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        long high = epochMillis << MILLIS_SHIFT | 0x7000 | (random[0] & 0x0F) << 8 | random[1] & 0xFF;
        long low = 0;
        for (int i = 2; i < random.length; i++) {
            low = low << 8 | random[i] & 0xFF;
        }
        return new UUID(high, low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }
}
