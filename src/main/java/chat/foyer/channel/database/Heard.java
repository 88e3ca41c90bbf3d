package chat.foyer.channel.database;

import chat.foyer.channel.database.ChannelStore.Broadcast;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Up to which of the kept broadcasts a node has heard, also from one connection to the next. For the thread that listens.
 *
 * <p>Invariant: whatever was read is handed on, once and in the order in which it was said.
 *
 * <p>Ids rise in the order of commits, so what comes after the last one that was heard is all that was not. Only a crash of the
 * database makes them begin anew, with an empty table.
 */
final class Heard {
    private static final long NEVER_LISTENED = -1;

    private final ChannelStore store;
    private final List<String> unread = new ArrayList<>();
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

    /** Reads what was kept since. */
    void read(Handle handle) {
        read(handle, Long.MAX_VALUE);
    }

    /** Reads what was kept since, up to this one, which may be among what was heard. */
    void read(Handle handle, long upTo) {
        List<Broadcast> next = upTo <= last ? List.of() : store.kept(handle, last, upTo);
        if (!next.isEmpty()) {
            next.forEach(broadcast -> unread.add(broadcast.message()));
            last = next.get(next.size() - 1).id();
        }
    }

    /** Takes note of what was not kept; it is handed on in its turn. */
    void add(String message) {
        unread.add(message);
    }

    /** All that was read and not handed on yet, be it by a connection that is lost. */
    List<String> handOn() {
        List<String> all = List.copyOf(unread);
        unread.clear();
        return all;
    }
}
