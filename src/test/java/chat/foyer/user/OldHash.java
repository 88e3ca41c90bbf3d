package chat.foyer.user;

/** Hashes of passwords as they were made when fewer iterations were enough. Thread-safe. */
public final class OldHash {
    private static final int ITERATIONS = 1_000;

    private OldHash() {}

    public static String of(String password) {
        return new Passwords(ITERATIONS).hash(password);
    }

    public static boolean is(String hash) {
        return new Passwords().isOutdated(hash);
    }
}
