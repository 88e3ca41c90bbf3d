package chat.foyer.channel.database;

import chat.foyer.channel.database.ChannelStore.Broadcast;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Up to which of the kept broadcasts a node has heard, also from one connection to the next. For the thread that listens.
 *
 * <p>Ids rise in the order of commits, so what comes after the last one that was heard is all that was not. Only a crash of the
 * database makes them begin anew, with an empty table.
 */
final class Heard {
    private static final long NEVER_LISTENED = -1;

    private final ChannelStore store;
    private long last = NEVER_LISTENED;

    Heard(ChannelStore store) {
        this.store = store;
    }

    /** Begins with what is said from now on, or goes on where it was. */
    void resume(Handle handle) {
        long newest = store.lastKept(handle).orElse(0);
        if (last == NEVER_LISTENED) {
            last = newest;
        } else if (newest < last) { // what was heard is gone, so whatever is there is newer
            last = 0;
        }
    }

    /** What was kept since. */
    List<String> next(Handle handle) {
        return next(handle, Long.MAX_VALUE);
    }

    /** What was kept since, up to this one, which may be among what was heard. */
    List<String> next(Handle handle, long upTo) {
        List<Broadcast> next = upTo <= last ? List.of() : store.kept(handle, last, upTo);
        if (!next.isEmpty()) {
            last = next.get(next.size() - 1).id();
        }
        return next.stream().map(Broadcast::message).toList();
    }
}
