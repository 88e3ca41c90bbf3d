package chat.foyer.channel.database;

import chat.foyer.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The SQL of a channel layer in H2, which tells nobody of anything: whoever wants news looks for them. Thread-safe. */
final class H2ChannelStore extends ChannelStore {
    private final Heard heard = new Heard(this);

    H2ChannelStore(Database database, String layer, Duration expiry, Duration groupExpiry) {
        super(database, layer, expiry, groupExpiry);
    }

    @Override
    boolean notifies() {
        return false;
    }

    @Override
    News listen() {
        return new PolledNews(this, heard);
    }

    @Override
    List<Stored> take(Map<String, Integer> wanted) {
        return bounded(handle -> handle.inTransaction(transaction -> {
            List<Stored> taken = new ArrayList<>();
            wanted.forEach((mailbox, most) -> taken.addAll(take(transaction, mailbox, most)));
            return taken;
        }));
    }

    private List<Stored> take(Handle handle, String mailbox, int most) {
        List<Stored> taken = new ArrayList<>(handle.createQuery("""
                        SELECT id, channel, event, expires_at, CURRENT_TIMESTAMP AS now FROM OLD TABLE (
                            DELETE FROM channel_event WHERE id IN (
                                SELECT id FROM channel_event
                                WHERE layer = :layer AND mailbox = :mailbox AND expires_at > CURRENT_TIMESTAMP
                                ORDER BY id FETCH FIRST :most ROWS ONLY))
                        """)
                .bind("layer", layer)
                .bind("mailbox", mailbox)
                .bind("most", most)
                .map((row, context) -> stored(row))
                .list());
        taken.sort(Comparator.comparing(Stored::id));
        return taken;
    }

    @Override
    void tell(Handle handle, List<String> messages, Set<String> mailboxes) {
        if (!messages.isEmpty()) {
            keep(handle, messages).execute();
        }
    }
}
