package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The SQL of the audit log: a chain of entries that only grows. Thread-safe.
 *
 * <p>Invariant: entry {@code n} has number {@code n}, and its hash covers the hash of entry {@code n - 1}. Who appends
 * holds the lock of the chain's one row from reading its end until the commit, so two nodes cannot both continue the same
 * entry.
 */
@ApplicationScoped
public class AuditStore {
    private static final int PAGE = 1_000;

    /**
     * An entry with its place in the chain. Immutable.
     *
     * @param number its place; the first has 1
     * @param at when it happened
     * @param actor who did it
     * @param action what it was
     * @param subject to what it was done; may be empty
     * @param detail what else one should know; may be empty
     * @param hash covers all of this and the hash before
     */
    public record Row(
            long number, Instant at, String actor, String action, String subject, String detail, String hash) {}

    private record End(long number, String hash) {}

    private static final RowMapper<Row> ROW = (row, context) -> new Row(
            row.getLong("number"),
            row.getObject("at", OffsetDateTime.class).toInstant(),
            row.getString("actor"),
            row.getString("action"),
            row.getString("subject"),
            row.getString("detail"),
            row.getString("hash"));

    @Inject
    Database database;

    /** For tests, without a container. */
    static AuditStore of(Database database) {
        AuditStore store = new AuditStore();
        store.database = database;
        return store;
    }

    /** Adds these entries in this order. */
    void append(List<AuditEntry> entries) {
        database.jdbi().useTransaction(handle -> {
            End end = end(handle, "SELECT last_number, last_hash FROM audit_chain WHERE id = 1 FOR UPDATE");
            long number = end.number();
            String hash = end.hash();
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO audit_entry (number, at, actor, action, subject, detail, hash)
                    VALUES (:number, :at, :actor, :action, :subject, :detail, :hash)
                    """);
            for (AuditEntry entry : entries) {
                hash = entry.hash(hash, ++number);
                batch.bind("number", number)
                        .bind("at", SqlTime.of(entry.at()))
                        .bind("actor", entry.actor())
                        .bind("action", entry.action())
                        .bind("subject", entry.subject())
                        .bind("detail", entry.detail())
                        .bind("hash", hash)
                        .add();
            }
            batch.execute();
            handle.createUpdate("UPDATE audit_chain SET last_number = :number, last_hash = :hash WHERE id = 1")
                    .bind("number", number)
                    .bind("hash", hash)
                    .execute();
        });
    }

    private static End end(Handle handle, String query) {
        return handle.createQuery(query)
                .map((row, context) -> new End(row.getLong("last_number"), row.getString("last_hash")))
                .one();
    }

    /** The entries before this number, the latest first. */
    public List<Row> before(long number, int limit) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT number, at, actor, action, subject, detail, hash FROM audit_entry
                                WHERE number < :number ORDER BY number DESC LIMIT :limit
                                """)
                        .bind("number", number)
                        .bind("limit", limit)
                        .map(ROW)
                        .list());
    }

    /**
     * The number of the first entry that is not as it was written, or is missing; empty when the chain is whole. What came
     * later is only as trustworthy as that one.
     */
    public OptionalLong verify() {
        // the end first: an entry that is added meanwhile is not missed
        End end = database.jdbi()
                .withHandle(handle -> end(handle, "SELECT last_number, last_hash FROM audit_chain WHERE id = 1"));
        End seen = new End(0, AuditEntry.ORIGIN);
        while (seen.number() < end.number()) {
            List<Row> page = after(seen.number());
            if (page.isEmpty()) {
                return OptionalLong.of(seen.number() + 1);
            }
            for (Row row : page) {
                if (row.number() != seen.number() + 1 || !row.hash().equals(expectedHash(seen, row))) {
                    return OptionalLong.of(seen.number() + 1);
                }
                seen = new End(row.number(), row.hash());
                if (seen.number() == end.number() && !seen.hash().equals(end.hash())) {
                    return OptionalLong.of(seen.number());
                }
            }
        }
        return OptionalLong.empty();
    }

    private static String expectedHash(End before, Row row) {
        return new AuditEntry(row.at(), row.actor(), row.action(), row.subject(), row.detail())
                .hash(before.hash(), row.number());
    }

    private List<Row> after(long number) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT number, at, actor, action, subject, detail, hash FROM audit_entry
                                WHERE number > :number ORDER BY number LIMIT :limit
                                """)
                        .bind("number", number)
                        .bind("limit", PAGE)
                        .map(ROW)
                        .list());
    }
}
