package chat.foyer.user;

/** What a program may do in somebody's name; people themselves may do all of it. */
public enum Scope {
    /** Read what its user may read. */
    READ,
    /** Take part in rooms as its user may, beside reading. */
    WRITE,
    /** Everything its user may do, administration included. */
    ADMIN;

    /** Whether who has this scope also has the other. */
    public boolean includes(Scope other) {
        return compareTo(other) >= 0;
    }
}
