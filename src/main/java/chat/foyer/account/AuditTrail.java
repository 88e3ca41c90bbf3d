package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.AuditLog;
import chat.foyer.user.AuditStore;
import chat.foyer.user.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The audit log as administrators read it, which is recorded, too. Thread-safe; waits for the database. */
@ApplicationScoped
public class AuditTrail {
    private static final int PAGE = 100;

    /**
     * Entries, the latest first. Immutable.
     *
     * @param older what the next page comes before; empty on the last
     */
    record Page(List<AuditStore.Row> entries, OptionalLong older) {}

    @Inject
    AuditLog log;

    @Inject
    AuditStore store;

    /** @throws ChatException ({@link Fault#CURSOR}) when {@code before} is no number */
    Page read(Identity administrator, Optional<String> before) {
        long number = before.map(AuditTrail::number).orElse(Long.MAX_VALUE);
        String where = before.map("before "::concat).orElse("");
        log.record(administrator.user().id(), "audit.read", "", where);
        List<AuditStore.Row> rows = store.before(number, PAGE + 1);
        return rows.size() > PAGE
                ? new Page(
                        rows.subList(0, PAGE),
                        OptionalLong.of(rows.get(PAGE - 1).number()))
                : new Page(rows, OptionalLong.empty());
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new ChatException(Fault.CURSOR, "before must be a whole number.");
        }
        return Long.parseLong(text);
    }

    /** The first entry that is not as it was written; empty when the chain is whole. Reads all of it. */
    OptionalLong verify(Identity administrator) {
        log.record(administrator.user().id(), "audit.verify", "", "");
        return store.verify();
    }
}
