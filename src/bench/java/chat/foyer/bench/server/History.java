package chat.foyer.bench.server;

import chat.foyer.config.Configuration;
import chat.foyer.database.Database;
import chat.foyer.database.Dialect;
import org.jdbi.v3.core.Jdbi;

/** Fills a room with messages as if they had been posted, past the server: millions in a minute. */
public final class History {
    /** The room. */
    public static final String ROOM = "history";

    private static final int AT_ONCE = 100_000; // rows of one transaction, which a database keeps in memory

    private History() {}

    /** Makes the tables and the room in the database of this configuration, which nobody else may use meanwhile. */
    static void fill(Configuration configuration, int messages) {
        Database database = Database.open(configuration);
        try {
            Jdbi jdbi = database.jdbi();
            String series = database.dialect() == Dialect.H2 ? "SYSTEM_RANGE" : "GENERATE_SERIES";
            jdbi.useHandle(handle -> handle.createUpdate("""
                            INSERT INTO room (name, last_seq, posts, created_at)
                            VALUES (:room, :messages, :messages, CURRENT_TIMESTAMP)
                            """)
                    .bind("room", ROOM)
                    .bind("messages", messages)
                    .execute());
            for (int from = 1; from <= messages; from += AT_ONCE) {
                insert(jdbi, series, from, Math.min(messages, from + AT_ONCE - 1));
            }
            if (database.dialect() == Dialect.POSTGRESQL) {
                jdbi.useHandle(handle -> handle.execute("VACUUM ANALYZE message")); // as it does by itself in time
            }
        } finally {
            database.close();
        }
    }

    private static void insert(Jdbi jdbi, String series, int from, int to) {
        jdbi.useTransaction(handle ->
                handle.createUpdate("""
                        INSERT INTO message (id, room_id, seq, rev, author_id, author_name, author_guest, ref, fingerprint,
                            body, posted_at, ordinal)
                        SELECT CAST('01900000-0000-7000-8000-' || LPAD(CAST(s.x AS VARCHAR(12)), 12, '0') AS UUID),
                            room.id, s.x, s.x, 'author-' || MOD(s.x, 50), 'Author', TRUE, 'history-' || s.x,
                            CAST('01900000-0000-7000-8000-' || LPAD(CAST(s.x AS VARCHAR(12)), 12, '0') AS UUID),
                            'the quick brown fox jumps over the dog', CURRENT_TIMESTAMP, s.x
                        FROM room, %s(%d, %d) AS s(x) WHERE room.name = '%s'
                        """.formatted(series, from, to, ROOM)).execute());
    }
}
