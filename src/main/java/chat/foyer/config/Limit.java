package chat.foyer.config;

import java.util.OptionalLong;

/**
 * A bound that an administrator may lift: a positive number, or {@code off}. Immutable.
 *
 * @param value the bound, empty when it is off
 */
public record Limit(OptionalLong value) {
    private static final long MAX = 1_000_000_000;

    /** Reads a positive whole number or {@code off}. */
    public static Limit parse(String text) {
        if (text.equalsIgnoreCase("off")) {
            return new Limit(OptionalLong.empty());
        }
        try {
            long number = Long.parseLong(text);
            if (number > 0 && number <= MAX) {
                return new Limit(OptionalLong.of(number));
            }
        } catch (NumberFormatException notANumber) {
            // answered below, together with zero and negative numbers
        }
        throw new IllegalArgumentException("write a whole number from 1 to " + MAX + ", or \"off\"");
    }

    /** Whether {@code amount} is more than the limit allows. */
    public boolean exceededBy(long amount) {
        return value.isPresent() && amount > value.getAsLong();
    }

    @Override
    public String toString() {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "off";
    }
}
