package chat.foyer.user;

/** Hears on every node that somebody's access has changed; found as a CDI bean. */
public interface AccessListener {

    /** Called once for each change, in the order of their numbers, by one thread; should not wait for anything slow. */
    void accessChanged(AccessChange change);
}
