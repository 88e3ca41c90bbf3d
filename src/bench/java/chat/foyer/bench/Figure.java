package chat.foyer.bench;

/** The names of what is measured, as they stand in the JSON results. */
public final class Figure {
    public static final String DELIVERIES = "deliveriesPerSecond";
    public static final String BATCH = "messagesPerFrame";
    public static final String SENDS = "sendsPerSecond";
    public static final String POSTS = "postsPerSecond";
    public static final String CPU_MICROS = "cpuMicrosPerDelivery";
    public static final String P50 = "p50Millis";
    public static final String P99 = "p99Millis";
    public static final String SERVER_CORES = "serverCores";
    public static final String HELPER_CORES = "helperCores";
    public static final String OWN_CORES = "generatorCores";
    public static final String OTHER_CORES = "otherCores";
    public static final String RESIDENT = "residentMb";
    public static final String MISSING = "missing";
    public static final String DUPLICATES = "duplicates";
    public static final String OUT_OF_ORDER = "outOfOrder";
    public static final String UNEXPECTED = "unexpected";
    public static final String LATE_P99 = "generatorLateP99Millis";
    public static final String CONNECTS = "connectsPerSecond";
    public static final String IDLE_RESIDENT = "residentKbPerConnection";
    public static final String IDLE_HEAP = "heapKbPerConnection";
    public static final String HEAP = "heapMb";
    public static final String START = "startSeconds";
    public static final String UNDISTURBED_P50 = "undisturbedP50Millis";
    public static final String UNDISTURBED_P99 = "undisturbedP99Millis";
    public static final String P99_RATIO = "p99Ratio";
    /** Followed by whom. */
    public static final String HELD_BY = "heapKbPerConnection of ";

    public static final String PAGE_P50 = "pageP50Millis";
    public static final String RESIDENT_GROWTH = "residentGrowthMb";

    private Figure() {}
}
