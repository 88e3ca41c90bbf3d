package chat.foyer.user;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of sessions and of the tokens that renew them. Thread-safe.
 *
 * <p>Invariant: a session that is gone from its table is also void on every node, since whoever deletes it before its time
 * notes that in the same transaction. Who renews a session holds the lock of its stay from the question whether it may to
 * the new session; who ends a series deletes the stay first. So no session outlives the end of its series. Nor does one
 * outlive the password by which it was begun ({@link PasswordStore}). Locks are taken in one order, against deadlocks:
 * passwords, then stays, then the number of access changes, then sessions.
 */
@ApplicationScoped
public class SessionStore {
    /** After so long without a request a session is over, unless its browser stays. */
    static final Duration IDLE = Duration.ofHours(12);

    /** However much it is used, it is over after so long. */
    static final Duration LONGEST = Duration.ofDays(30);

    private static final Duration SEEN_TO_THE = Duration.ofMinutes(1); // a write for each request would be too much

    /** Two tabs may show the same token, one of them a moment after it was replaced. */
    static final Duration GRACE = Duration.ofMinutes(1);

    @Inject
    Database database;

    @Inject
    AccessChangeStore accessChanges;

    /** For tests, without a container. */
    static SessionStore of(Database database) {
        SessionStore store = new SessionStore();
        store.database = database;
        store.accessChanges = new AccessChangeStore();
        store.accessChanges.database = database;
        return store;
    }

    /**
     * What is stored of a session.
     *
     * @param series of the stay that renews it
     */
    record New(String id, String hash, Optional<String> series, String address, String agent) {}

    /** Adds it, and clears away what is over; false when the password of this account does not count any more. */
    boolean insert(New session, Account account, Instant now, Instant endsAt) {
        return database.jdbi().inTransaction(handle -> insert(handle, session, account, now, endsAt));
    }

    boolean insert(Handle handle, New session, Account account, Instant now, Instant endsAt) {
        if (!PasswordStore.stillCounts(handle, account)) {
            return false;
        }
        clear(handle, account.person().id(), now);
        insert(handle, session, account.person().id(), now, endsAt);
        return true;
    }

    /** The same, with the stay that renews it, whose next token has this hash. */
    boolean insertToStay(New session, String tokenHash, Account account, Instant now, Instant endsAt) {
        return database.jdbi().inTransaction(handle -> {
            boolean begun = insert(handle, session, account, now, endsAt);
            if (begun) {
                handle.createUpdate("""
                                INSERT INTO stay (series, person_id, hash, salt, previous_hash, renewed_at, ends_at)
                                VALUES (:series, :person, :hash, '', '', CURRENT_TIMESTAMP, :endsAt)
                                """)
                        .bind("series", session.series())
                        .bind("person", account.person().id())
                        .bind("hash", tokenHash)
                        .bind("endsAt", SqlTime.of(endsAt))
                        .execute();
            }
            return begun;
        });
    }

    private static void clear(Handle handle, String person, Instant now) {
        handle.createUpdate("DELETE FROM stay WHERE person_id = :person AND ends_at < :now")
                .bind("person", person)
                .bind("now", SqlTime.of(now))
                .execute();
        handle.createUpdate("DELETE FROM session WHERE ends_at < :now")
                .bind("now", SqlTime.of(now))
                .execute();
    }

    /**
     * What became of a token that was shown. Immutable; never logged.
     *
     * @param person of the stay; empty when there is none
     * @param salt with which the token makes what comes next
     */
    record Renewal(Kind kind, String person, String salt, Instant endsAt) {
        enum Kind {
            /** It was the one that counts: the session before is over, and the new one there. */
            RENEWED,
            /** It was replaced a moment ago: what came next then still counts. */
            REPEATED,
            /** It was replaced before: the series is over. */
            STOLEN,
            /** There is no such series. */
            UNKNOWN
        }

        private static final Renewal NONE = new Renewal(Kind.UNKNOWN, "", "", Instant.EPOCH);
    }

    /**
     * The token that follows when one is replaced.
     *
     * @param salt that made it from the one before
     */
    record Next(String hash, String salt) {}

    private record Stay(
            String person, String hash, String previousHash, String salt, Instant endsAt, boolean renewedJustNow) {
        boolean isCurrent(String shownHash) {
            return Secret.same(hash, shownHash);
        }

        boolean isPrevious(String shownHash) {
            return Secret.same(previousHash, shownHash);
        }

        Renewal as(Renewal.Kind kind) {
            return new Renewal(kind, person, salt, endsAt);
        }
    }

    /** The stay of this series, which nobody else changes before the end of this transaction. */
    private static Optional<Stay> locked(Handle handle, String series, Instant now) {
        return handle.createQuery("""
                        SELECT person_id, hash, previous_hash, salt, ends_at,
                            renewed_at > CURRENT_TIMESTAMP - INTERVAL '%d' SECOND AS renewed_just_now
                        FROM stay WHERE series = :series AND ends_at > :now FOR UPDATE
                        """.formatted(GRACE.toSeconds()))
                .bind("series", series)
                .bind("now", SqlTime.of(now))
                .map((row, context) -> new Stay(
                        row.getString("person_id"),
                        row.getString("hash"),
                        row.getString("previous_hash"),
                        row.getString("salt"),
                        row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("renewed_just_now")))
                .findOne();
    }

    /** Replaces the token of a series by the next one if it is the one that counts, and begins a session. */
    Renewal renew(String series, String shownHash, Next next, New session, Instant now) {
        return database.jdbi().inTransaction(handle -> {
            Optional<Stay> found = locked(handle, series, now);
            if (found.isEmpty()) {
                return Renewal.NONE;
            }
            Stay stay = found.get();
            if (stay.isPrevious(shownHash) && stay.renewedJustNow()) {
                return stay.as(Renewal.Kind.REPEATED);
            }
            if (!stay.isCurrent(shownHash)) {
                endSeries(handle, series);
                return stay.as(Renewal.Kind.STOLEN);
            }
            handle.createUpdate("""
                            UPDATE stay SET hash = :next, salt = :salt, previous_hash = :shown, renewed_at = CURRENT_TIMESTAMP
                            WHERE series = :series
                            """)
                    .bind("next", next.hash())
                    .bind("salt", next.salt())
                    .bind("shown", shownHash)
                    .bind("series", series)
                    .execute();
            endSessions(handle, series);
            insert(handle, session, stay.person(), now, stay.endsAt());
            return new Renewal(Renewal.Kind.RENEWED, stay.person(), next.salt(), stay.endsAt());
        });
    }

    /** Ends a series by its token, or by the one before; whether there was one. */
    boolean forget(String series, String shownHash, Instant now) {
        return database.jdbi().inTransaction(handle -> {
            boolean shown = locked(handle, series, now)
                    .filter(stay -> stay.isCurrent(shownHash) || stay.isPrevious(shownHash))
                    .isPresent();
            if (shown) {
                endSeries(handle, series);
            }
            return shown;
        });
    }

    private static void insert(Handle handle, New session, String person, Instant now, Instant endsAt) {
        handle.createUpdate("""
                        INSERT INTO session (id, hash, person_id, series, address, agent, created_at, last_seen_at, ends_at)
                        VALUES (:id, :hash, :person, :series, :address, :agent, :now, :now, :endsAt)
                        """)
                .bind("id", session.id())
                .bind("hash", session.hash())
                .bind("person", person)
                .bind("series", session.series())
                .bind("address", session.address())
                .bind("agent", session.agent())
                .bind("now", SqlTime.of(now))
                .bind("endsAt", SqlTime.of(endsAt))
                .execute();
    }

    /** Whom this session stands for; one statement, so that no change of access falls between what it reads. */
    Optional<Identity> identity(String hash, Instant now) {
        record Found(Identity identity, Instant lastSeen) {}
        Optional<Found> found = database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT s.id, s.last_seen_at, s.ends_at, p.id AS person_id, p.name, p.role, p.language,
                                    i.last_access_change
                                FROM session s JOIN person p ON p.id = s.person_id CROSS JOIN installation i
                                WHERE s.hash = :hash AND s.ends_at > :now
                                    AND (s.last_seen_at > :idleSince OR s.series IS NOT NULL)
                                    AND p.disabled_at IS NULL
                                """)
                        .bind("hash", hash)
                        .bind("now", SqlTime.of(now))
                        .bind("idleSince", SqlTime.of(now.minus(IDLE)))
                        .map((row, context) -> {
                            Proof proof = new Proof(
                                    Proof.Kind.SESSION,
                                    row.getString("id"),
                                    Scope.ADMIN,
                                    Optional.of(row.getObject("ends_at", OffsetDateTime.class)
                                            .toInstant()));
                            User user = new User(row.getString("person_id"), row.getString("name"), false);
                            Identity identity = new Identity(
                                    user,
                                    Role.valueOf(row.getString("role")),
                                    Optional.of(row.getString("language")),
                                    proof,
                                    row.getLong("last_access_change"));
                            return new Found(
                                    identity,
                                    row.getObject("last_seen_at", OffsetDateTime.class)
                                            .toInstant());
                        })
                        .findOne());
        found.filter(session -> session.lastSeen().isBefore(now.minus(SEEN_TO_THE)))
                .ifPresent(session -> seen(session.identity().proof().id(), now));
        return found.map(Found::identity);
    }

    private void seen(String id, Instant now) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE session SET last_seen_at = :now WHERE id = :id")
                        .bind("now", SqlTime.of(now))
                        .bind("id", id)
                        .execute());
    }

    /** The sessions of this person that are not over, the latest used first. */
    List<Session> of(String person, Instant now) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        SELECT s.id, s.address, s.agent, s.created_at, s.last_seen_at, s.series FROM session s
                        WHERE s.person_id = :person AND s.ends_at > :now
                            AND (s.last_seen_at > :idleSince OR s.series IS NOT NULL)
                        ORDER BY s.last_seen_at DESC, s.id
                        """)
                        .bind("person", person)
                        .bind("now", SqlTime.of(now))
                        .bind("idleSince", SqlTime.of(now.minus(IDLE)))
                        .map((row, context) -> new Session(
                                row.getString("id"),
                                row.getString("address"),
                                row.getString("agent"),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getObject("last_seen_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("series") != null))
                        .list());
    }

    /** Ends one session of this person, with the stay that would renew it; whether there was one. */
    boolean end(String person, String id) {
        return database.jdbi().inTransaction(handle -> {
            Optional<String> found = handle.createQuery("SELECT id FROM session WHERE id = :id AND person_id = :person")
                    .bind("id", id)
                    .bind("person", person)
                    .mapTo(String.class)
                    .findOne();
            found.flatMap(session -> seriesOf(handle, session)).ifPresent(series -> endSeries(handle, series));
            found.ifPresent(session -> endSessions(handle, List.of(session)));
            return found.isPresent();
        });
    }

    private static Optional<String> seriesOf(Handle handle, String session) {
        return handle.createQuery("SELECT series FROM session WHERE id = :id AND series IS NOT NULL")
                .bind("id", session)
                .mapTo(String.class)
                .findOne();
    }

    private void endSeries(Handle handle, String series) {
        handle.execute("DELETE FROM stay WHERE series = ?", series);
        endSessions(handle, series);
    }

    private void endSessions(Handle handle, String series) {
        endSessions(
                handle,
                handle.createQuery("SELECT id FROM session WHERE series = :series")
                        .bind("series", series)
                        .mapTo(String.class)
                        .list());
    }

    private void endSessions(Handle handle, List<String> ids) {
        if (!ids.isEmpty()) {
            accessChanges.lock(handle);
        }
        for (String id : ids) {
            if (handle.execute("DELETE FROM session WHERE id = ?", id) > 0) {
                accessChanges.note(handle, AccessChange.Kind.PROOF, id, AccessChange.Reason.ENDED);
            }
        }
    }

    /** Ends all sessions of this person but one. */
    void endAll(String person, Optional<String> kept) {
        database.jdbi().useTransaction(handle -> endAll(handle, person, kept));
    }

    /**
     * Ends all sessions of this person but one, in this transaction. Without one to keep, whatever else proves that it is
     * them ends, too.
     */
    void endAll(Handle handle, String person, Optional<String> kept) {
        String series = kept.flatMap(id -> seriesOf(handle, id)).orElse("");
        handle.execute("DELETE FROM stay WHERE person_id = ? AND series <> ?", person, series);
        accessChanges.lock(handle);
        List<String> ids = handle.createQuery("SELECT id FROM session WHERE person_id = :person AND id <> :kept")
                .bind("person", person)
                .bind("kept", kept.orElse(""))
                .mapTo(String.class)
                .list();
        endSessions(handle, ids);
        if (kept.isEmpty()) {
            accessChanges.note(handle, AccessChange.Kind.USER, person, AccessChange.Reason.ENDED);
        }
    }

    /** Ends, in this transaction, whatever renews sessions of this person; those there are go on while they are used. */
    void endStays(Handle handle, String person) {
        handle.execute("DELETE FROM stay WHERE person_id = ?", person);
        accessChanges.lock(handle);
        handle.execute("UPDATE session SET series = NULL WHERE person_id = ? AND series IS NOT NULL", person);
    }
}
