package chat.foyer.user;

/** What a program may do in somebody's name; people themselves may do all of it. */
public enum Scope {
    /** Read what its user may read. */
    READ,
    /** Write messages and change or delete its own, beside reading. */
    WRITE,
    /** Everything its user may do, administration included. */
    ADMIN;

    /** Whether who has this scope also has the other. */
    public boolean includes(Scope other) {
        return compareTo(other) >= 0;
    }
}
