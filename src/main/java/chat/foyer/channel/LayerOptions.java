package chat.foyer.channel;

import chat.foyer.config.Capacities;
import java.time.Duration;

/**
 * How much a layer keeps and for how long. Immutable.
 *
 * @param capacities how many unread events a channel keeps
 * @param expiry how long an event waits to be received before it is given up
 * @param groupExpiry how long a channel stays in a group after it was last added or received from
 */
public record LayerOptions(Capacities capacities, Duration expiry, Duration groupExpiry) {
    /** 100 events a channel, a minute, a day. */
    public static final LayerOptions USUAL =
            new LayerOptions(Capacities.USUAL, Duration.ofSeconds(60), Duration.ofSeconds(86_400));

    public LayerOptions {
        if (expiry.isNegative() || expiry.isZero() || groupExpiry.isNegative() || groupExpiry.isZero()) {
            throw new IllegalArgumentException("An expiry is longer than nothing");
        }
    }

    public LayerOptions withCapacities(Capacities other) {
        return new LayerOptions(other, expiry, groupExpiry);
    }

    public LayerOptions withExpiry(Duration other) {
        return new LayerOptions(capacities, other, groupExpiry);
    }

    public LayerOptions withGroupExpiry(Duration other) {
        return new LayerOptions(capacities, expiry, other);
    }
}
