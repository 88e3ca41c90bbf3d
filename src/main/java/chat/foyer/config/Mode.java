package chat.foyer.config;

/** What a node does for the others. */
public enum Mode {
    /** Everything. */
    ALL,
    /** Pages, sockets and the API; events of channels are left to others. */
    WEB,
    /** Handles events of channels; of people and their browsers it sees nothing. */
    WORKER;

    /** Whether people and programs reach pages, sockets and the API there. */
    public boolean serves() {
        return this != WORKER;
    }

    /** Whether consumers receive events there. */
    public boolean consumes() {
        return this != WEB;
    }
}
