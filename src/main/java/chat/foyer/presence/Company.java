package chat.foyer.presence;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Whether other nodes are there, as far as the bus lets this one know: while it is away, what was true when it went. Thread-safe;
 * knows no clock but the times it is given, in the manner of {@code System.nanoTime()}.
 */
final class Company {
    /** Long enough for a bus that comes and goes; a node that has ended is forgotten after it. */
    static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private OptionalLong heardAt = OptionalLong.empty();
    private boolean there;

    /** Another node has said something. */
    synchronized void heard(long now) {
        heardAt = OptionalLong.of(now);
        there = true;
    }

    /** The bus carries what other nodes say, so one that is not heard is not there. */
    synchronized void listening(long now) {
        there = heardAt.isPresent() && now - heardAt.getAsLong() < REMEMBERED_NANOS;
    }

    synchronized boolean isThere() {
        return there;
    }
}
