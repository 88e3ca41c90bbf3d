package chat.foyer.group;

/** Hears of the sockets of this node as they come and go; found as a CDI bean. */
public interface SocketListener {

    /** Called once, before the socket is welcomed; must only take a note of it. */
    void entered(Socket socket);

    /** Called once for every socket that has entered, afterwards; must only take a note of it. */
    void left(Socket socket);
}
