package chat.foyer.bench.load;

/**
 * Counts durations in buckets that are never wider than 1/64 of what they hold, so a percentile is exact to 1.6 %. One
 * thread.
 */
public final class Histogram {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[(64 - SUB_BITS) * SUB];
    private long total;

    public void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    public void clear() {
        java.util.Arrays.fill(counts, 0);
        total = 0;
    }

    public long total() {
        return total;
    }

    /** The least value that is not exceeded by this share of all, or a little more; 0 when there are none. */
    public long percentile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return upperBound(bucket);
            }
        }
        return 0;
    }

    static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (exponent + 1) * SUB + (int) (value >>> exponent) - SUB;
    }

    static long upperBound(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int exponent = bucket / SUB - 1;
        return (((long) (bucket % SUB) + SUB + 1) << exponent) - 1;
    }
}
