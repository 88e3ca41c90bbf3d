package chat.foyer.channel.database;

import java.sql.SQLException;
import java.util.List;

/** What the nodes of a layer tell each other through the database, as one node hears it. For one thread, but for closing. */
interface News extends AutoCloseable {

    /**
     * What was said since, in the order of its commits; waits a while for the first.
     *
     * @throws SQLException when nothing can be heard any more
     */
    List<String> next() throws SQLException, InterruptedException;

    /** Lets {@link #next} return soon if it would not hear by itself; by any thread. */
    void nudge();

    /** Ends it, and with it whoever waits in {@link #next}; by any thread. */
    @Override
    void close();
}
