package chat.foyer.bench.server;

/**
 * What a server runs on.
 *
 * @param history so many messages stand in the room {@link History#ROOM} before the server starts, for one node only
 */
public record Setup(Storage storage, int nodes, int history) {

    /** Where Foyer keeps the messages. */
    public enum Storage {
        H2,
        POSTGRESQL
    }

    /** With nothing in the database. */
    public static Setup of(Storage storage, int nodes) {
        return new Setup(storage, nodes, 0);
    }
}
