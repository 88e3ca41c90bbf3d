package chat.foyer.bench.report;

/** A picture of figures. */
interface Chart {
    /** What it is about, in a few words. */
    String title();

    /** All that it shows, in words. */
    String description();

    /** The picture itself, with both. */
    String svg();
}
