package chat.foyer.bench;

import java.time.Duration;

/**
 * How long a load lasts.
 *
 * @param warmUp before anything is measured
 * @param measured what counts
 */
record Durations(Duration warmUp, Duration measured) {
    static Durations seconds(int warmUp, int measured) {
        return new Durations(Duration.ofSeconds(warmUp), Duration.ofSeconds(measured));
    }
}
