package chat.foyer.user;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.database.Database;
import chat.foyer.testing.BothDatabases;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The audit log against both databases: one chain whoever writes, and no change of it stays unseen. */
class AuditStoreIT extends BothDatabases {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00.123456789Z");

    private static AuditEntry entry(String subject) {
        return AuditEntry.of(NOW, "u-ana", "role.change", subject, "MEMBER → ADMINISTRATOR");
    }

    private static void write(AuditStore store, int count) {
        store.append(
                IntStream.rangeClosed(1, count).mapToObj(i -> entry("u-" + i)).toList());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void entries_are_read_page_by_page_the_latest_first(Kind kind) {
        AuditStore store = AuditStore.of(database(kind));
        assertThat(store.verify()).isEmpty();
        write(store, 3);
        write(store, 2);
        assertThat(store.before(Long.MAX_VALUE, 2))
                .extracting(AuditStore.Row::number)
                .containsExactly(5L, 4L);
        assertThat(store.before(4, 10)).extracting(AuditStore.Row::subject).containsExactly("u-3", "u-2", "u-1");
        assertThat(store.verify()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_chain_longer_than_a_page_is_whole(Kind kind) {
        AuditStore store = AuditStore.of(database(kind));
        write(store, 2_500);
        assertThat(store.verify()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void two_writers_continue_one_chain(Kind kind) {
        Database database = database(kind);
        int each = 100;
        CompletableFuture<?>[] writers = IntStream.range(0, 2)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> {
                    AuditStore store = AuditStore.of(database);
                    IntStream.range(0, each).forEach(i -> store.append(List.of(entry(writer + "-" + i))));
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(writers).join();
        AuditStore store = AuditStore.of(database);
        assertThat(store.verify()).isEmpty();
        List<AuditStore.Row> rows = store.before(Long.MAX_VALUE, 1_000);
        assertThat(rows)
                .hasSize(2 * each)
                .first()
                .satisfies(last -> assertThat(last.number()).isEqualTo(2 * each));
        assertThat(rows).extracting(AuditStore.Row::subject).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_changed_entry_is_named(Kind kind) {
        for (String change : List.of(
                "actor = 'u-bo'",
                "action = 'other'",
                "subject = ''",
                "detail = detail || ' '",
                "at = at + INTERVAL '1' SECOND",
                "actor = actor || action, action = ''",
                "hash = 'ab'")) {
            Database database = database(kind);
            AuditStore store = AuditStore.of(database);
            write(store, 5);
            long last = store.before(Long.MAX_VALUE, 1).get(0).number();
            tamper(database, "UPDATE audit_entry SET " + change + " WHERE number = " + (last - 2));
            assertThat(store.verify()).as(change).hasValue(last - 2);
            tamper(database, "DELETE FROM audit_entry");
            tamper(database, "UPDATE audit_chain SET last_number = 0, last_hash = '" + AuditEntry.ORIGIN + "'");
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_missing_entry_is_named_wherever_it_was(Kind kind) {
        for (int missing = 1; missing <= 3; missing++) {
            Database database = database(kind);
            AuditStore store = AuditStore.of(database);
            write(store, 3);
            tamper(database, "DELETE FROM audit_entry WHERE number = " + missing);
            assertThat(store.verify()).hasValue(missing);
            tamper(database, "DELETE FROM audit_entry");
            tamper(database, "UPDATE audit_chain SET last_number = 0, last_hash = '" + AuditEntry.ORIGIN + "'");
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_end_that_was_replaced_by_a_chain_of_its_own_is_named(Kind kind) {
        Database database = database(kind);
        AuditStore store = AuditStore.of(database);
        write(store, 3);
        AuditStore.Row second = store.before(3, 1).get(0);
        String forged = AuditEntry.of(NOW, "u-bo", "role.change", "u-3", "").hash(second.hash(), 3);
        tamper(
                database,
                "UPDATE audit_entry SET actor = 'u-bo', detail = '', hash = '" + forged + "' WHERE number = 3");
        assertThat(store.verify()).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothing_in_an_entry_can_break_its_line_or_be_too_long(Kind kind) {
        AuditStore store = AuditStore.of(database(kind));
        String hostile = "a\r\nb\u0000\u001b[2J\u202e\u2028\ud800\\n";
        store.append(List.of(
                AuditEntry.of(NOW, hostile, hostile, hostile, hostile),
                AuditEntry.of(NOW, "😀".repeat(2_000), "\n".repeat(2_000), "x".repeat(2_000), "\\".repeat(2_000))));
        AuditStore.Row row = store.before(2, 1).get(0);
        assertThat(row.actor())
                .isEqualTo("a\\u{d}\\u{a}b\\u{0}\\u{1b}[2J\\u{202e}\\u{2028}\\u{d800}\\\\n")
                .isEqualTo(row.detail());
        assertThat(store.verify()).isEmpty();
    }

    private static void tamper(Database database, String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }
}
