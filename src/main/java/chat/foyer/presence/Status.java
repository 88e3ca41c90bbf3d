package chat.foyer.presence;

/** How much somebody is there. */
public enum Status {
    /** Connected, and doing something. */
    ACTIVE,
    /** Connected, but has not touched anything for a while. */
    AWAY,
    /** Connected nowhere. */
    OFFLINE
}
