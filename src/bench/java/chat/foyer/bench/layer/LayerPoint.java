package chat.foyer.bench.layer;

/** What is measured of every channel layer. */
public enum LayerPoint {
    SEND("layer-send", false, 1, 100),
    GROUP_1("layer-group-1", true, 1, 100),
    GROUP_10("layer-group-10", true, 10, 100),
    GROUP_100("layer-group-100", true, 100, 20);

    private final String scenario;
    private final boolean toGroup;
    private final int members;
    private final int perSecond;

    LayerPoint(String scenario, boolean toGroup, int members, int perSecond) {
        this.scenario = scenario;
        this.toGroup = toGroup;
        this.members = members;
        this.perSecond = perSecond;
    }

    /** How it is called in the results. */
    public String scenario() {
        return scenario;
    }

    /** As every contender gets it: thirteen seconds of work. */
    LayerOrder order() {
        return new LayerOrder(scenario, toGroup, members, 64, 4, 1_000, 4, 3, 1, 5, perSecond);
    }
}
