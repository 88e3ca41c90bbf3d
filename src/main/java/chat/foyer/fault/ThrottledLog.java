package chat.foyer.fault;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Warns at most once per interval and says how many lines it held back, so that trouble cannot flood the log.
 *
 * <p>Thread-safe. Arguments are cleaned of line breaks and other controls, since some of them come from clients.
 */
public final class ThrottledLog {
    private static final long NEVER = Long.MIN_VALUE;

    private final Logger log;
    private final long intervalNanos;
    private final AtomicLong lastLine = new AtomicLong(NEVER);
    private final AtomicLong heldBack = new AtomicLong();

    public ThrottledLog(Logger log, long intervalSeconds) {
        this.log = log;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(intervalSeconds);
    }

    /**
     * Logs the SLF4J template with its arguments, or only counts it when a line left less than an interval ago.
     *
     * @return whether it was logged
     */
    public boolean warn(String template, Object... arguments) {
        long now = System.nanoTime();
        long last = lastLine.get();
        boolean due = last == NEVER || now - last >= intervalNanos;
        if (!due || !lastLine.compareAndSet(last, now)) {
            heldBack.incrementAndGet();
            return false;
        }
        Object[] clean = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            clean[i] = arguments[i] instanceof Number ? arguments[i] : oneLine(String.valueOf(arguments[i]));
        }
        long silent = heldBack.getAndSet(0);
        log.warn(silent == 0 ? template : template + " (and " + silent + " more like this)", clean);
        return true;
    }

    /** The text on one line of at most 200 characters, without controls, escapes or bidirectional overrides. */
    public static String oneLine(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(200).forEach(codePoint -> {
            int type = Character.getType(codePoint);
            boolean harmless = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE;
            clean.appendCodePoint(harmless ? codePoint : '?');
        });
        return clean.toString();
    }
}
