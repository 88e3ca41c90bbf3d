package chat.foyer.channel;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: full jitter up to a cap that doubles, so that nodes do not return at once. */
public final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 3_000;
    private static final int DOUBLINGS = 10; // by which the longest is reached

    private Backoff() {}

    /** The pause after so many failures in a row. */
    public static long millis(int failures) {
        long cap = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
        return ThreadLocalRandom.current().nextLong(FIRST_MILLIS / 2, cap + 1);
    }
}
