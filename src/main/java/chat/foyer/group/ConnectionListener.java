package chat.foyer.group;

/** Hears of the connections of this node as they come and go; found as a CDI bean. */
public interface ConnectionListener {

    /** Called once, before the connection is welcomed; must only take a note of it. */
    void entered(Connection connection);

    /** Called once for every connection that has entered, afterwards; must only take a note of it. */
    void left(Connection connection);
}
