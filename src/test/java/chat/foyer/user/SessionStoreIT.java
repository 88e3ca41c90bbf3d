package chat.foyer.user;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.database.Database;
import chat.foyer.testing.BothDatabases;
import chat.foyer.user.SessionStore.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions and what renews them against both databases: how long they last, and what a token shown twice means. */
class SessionStoreIT extends BothDatabases {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Instant END = NOW.plus(SessionStore.LONGEST);
    private static final Instant NEXT_DAY = NOW.plus(Duration.ofHours(13));
    private static final String SERIES = "k-ana";
    private static final Account ANA =
            new Account(new Person("u-ana", "ana", "Ana", Role.MEMBER, "en", "", NOW, false), "hash");

    private PersonStore people;

    /** Ana's sessions: {@code first} stays, by the token {@code token-1}. */
    private SessionStore store(Kind kind) {
        Database database = database(kind);
        people = PersonStore.of(database);
        database.jdbi().useTransaction(handle -> people.insert(handle, ANA.person(), ANA.hash()));
        people.sessions.insertToStay(session("first", Optional.of(SERIES)), "token-1", ANA, NOW, END);
        return people.sessions;
    }

    private static SessionStore.New session(String hash, Optional<String> series) {
        return new SessionStore.New("s-" + hash, hash, series, "192.0.2.1", "a browser");
    }

    private static Renewal renew(SessionStore store, String shown, String next, String session) {
        return store.renew(SERIES, shown, next(next), session(session, Optional.of(SERIES)), NOW);
    }

    private static SessionStore.Next next(String hash) {
        return new SessionStore.Next(hash, "salt of " + hash);
    }

    private static boolean isOpen(SessionStore store, String hash) {
        return store.identity(hash, NOW).isPresent();
    }

    private static void letTheGracePass(SessionStore store) {
        store.database
                .jdbi()
                .useHandle(handle -> handle.execute("UPDATE stay SET renewed_at = renewed_at - INTERVAL '61' SECOND"));
    }

    private static List<String> voided(SessionStore store) {
        return store.accessChanges.after(0).stream().map(AccessChange::subject).toList();
    }

    @Test
    void postgresql_compiles_no_query_that_would_be_over_before() {
        store(Kind.POSTGRESQL);
        String compiles = opened.get(0)
                .jdbi()
                .withHandle(handle ->
                        handle.createQuery("SHOW jit").mapTo(String.class).one());
        assertThat(compiles).isEqualTo("off");
    }

    @ParameterizedTest
    @EnumSource
    void a_session_that_nobody_uses_is_over_after_half_a_day_unless_its_browser_stays(Kind kind) {
        SessionStore store = store(kind);
        store.insert(session("short", Optional.empty()), ANA, NOW, END);
        assertThat(store.identity("short", NEXT_DAY)).isEmpty();
        assertThat(store.of("u-ana", NEXT_DAY)).extracting(Session::id).containsExactly("s-first");
        assertThat(store.identity("first", NEXT_DAY)).isPresent();
        assertThat(store.identity("first", END)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_token_begins_the_next_session_and_ends_the_one_before(Kind kind) {
        SessionStore store = store(kind);
        Renewal renewal = renew(store, "token-1", "token-2", "second");
        assertThat(renewal).isEqualTo(new Renewal(Renewal.Kind.RENEWED, "u-ana", "salt of token-2", END));
        assertThat(isOpen(store, "second")).isTrue();
        assertThat(isOpen(store, "first")).isFalse();
        assertThat(voided(store)).containsExactly("s-first");
        assertThat(renew(store, "token-2", "token-3", "third").kind()).isEqualTo(Renewal.Kind.RENEWED);
    }

    @ParameterizedTest
    @EnumSource
    void many_tabs_that_show_a_token_at_once_get_one_session(Kind kind) {
        SessionStore store = store(kind);
        List<CompletableFuture<Renewal>> tabs = IntStream.range(0, 8)
                .mapToObj(tab ->
                        CompletableFuture.supplyAsync(() -> renew(store, "token-1", "token-2-" + tab, "second-" + tab)))
                .toList();
        List<Renewal> renewals = tabs.stream().map(CompletableFuture::join).toList();
        assertThat(renewals)
                .filteredOn(renewal -> renewal.kind() == Renewal.Kind.RENEWED)
                .hasSize(1);
        assertThat(renewals).extracting(Renewal::kind).containsOnly(Renewal.Kind.RENEWED, Renewal.Kind.REPEATED);
        assertThat(renewals)
                .extracting(Renewal::salt)
                .as("all compute the same session and token")
                .containsOnly(renewals.get(0).salt());
        assertThat(store.of("u-ana", NOW)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_token_that_was_replaced_a_while_ago_ends_the_series_and_its_sessions(Kind kind) {
        SessionStore store = store(kind);
        store.insert(session("elsewhere", Optional.empty()), ANA, NOW, END);
        renew(store, "token-1", "token-2", "second");
        letTheGracePass(store);
        assertThat(renew(store, "token-1", "token-x", "thiefs").kind()).isEqualTo(Renewal.Kind.STOLEN);
        assertThat(isOpen(store, "second")).isFalse();
        assertThat(isOpen(store, "thiefs")).isFalse();
        assertThat(voided(store)).containsExactly("s-first", "s-second");
        assertThat(renew(store, "token-2", "token-3", "third").kind()).isEqualTo(Renewal.Kind.UNKNOWN);
        assertThat(isOpen(store, "elsewhere")).as("another browser").isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void an_even_older_token_is_no_slip_of_a_moment(Kind kind) {
        SessionStore store = store(kind);
        renew(store, "token-1", "token-2", "second");
        renew(store, "token-2", "token-3", "third");
        assertThat(renew(store, "token-1", "token-x", "thiefs").kind()).isEqualTo(Renewal.Kind.STOLEN);
        assertThat(isOpen(store, "third")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_renewed_after_its_end_or_after_signing_out(Kind kind) {
        SessionStore store = store(kind);
        assertThat(store.renew(SERIES, "token-1", next("token-2"), session("late", Optional.of(SERIES)), END)
                        .kind())
                .isEqualTo(Renewal.Kind.UNKNOWN);
        assertThat(store.end("u-ana", "s-first")).isTrue();
        assertThat(renew(store, "token-1", "token-2", "second").kind()).isEqualTo(Renewal.Kind.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void signing_out_everywhere_else_keeps_what_renews_this_browser_only(Kind kind) {
        SessionStore store = store(kind);
        store.insertToStay(session("other", Optional.of("k-other")), "token-o", ANA, NOW, END);
        store.endAll("u-ana", Optional.of("s-first"));
        assertThat(store.renew("k-other", "token-o", next("token-p"), session("p", Optional.of("k-other")), NOW)
                        .kind())
                .isEqualTo(Renewal.Kind.UNKNOWN);
        assertThat(renew(store, "token-1", "token-2", "second").kind()).isEqualTo(Renewal.Kind.RENEWED);
    }

    @ParameterizedTest
    @EnumSource
    void no_session_outlives_signing_out_everywhere_however_it_is_renewed_meanwhile(Kind kind) {
        SessionStore store = store(kind);
        CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> store.endAll("u-ana", Optional.empty()));
        for (int i = 1; !ending.isDone(); i++) {
            renew(store, "token-" + i, "token-" + (i + 1), "session-" + i);
        }
        ending.join();
        assertThat(store.of("u-ana", NOW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_token_ends_its_series_by_itself_and_a_wrong_one_does_not(Kind kind) {
        SessionStore store = store(kind);
        assertThat(store.forget(SERIES, "token-x", NOW)).isFalse();
        renew(store, "token-1", "token-2", "second");
        assertThat(store.forget(SERIES, "token-1", NOW)).as("the one before").isTrue();
        assertThat(isOpen(store, "second")).isFalse();
        assertThat(voided(store)).containsExactly("s-first", "s-second");
    }

    @ParameterizedTest
    @EnumSource
    void another_password_keeps_the_session_at_hand_and_nothing_that_renews_one(Kind kind) {
        SessionStore store = store(kind);
        store.insertToStay(session("other", Optional.of("k-other")), "token-o", ANA, NOW, END);
        people.changePassword(ANA, "another hash", Optional.of("s-first"));
        assertThat(store.of("u-ana", NOW)).extracting(Session::id).containsExactly("s-first");
        assertThat(store.of("u-ana", NOW)).extracting(Session::stays).containsExactly(false);
        assertThat(voided(store)).containsExactly("s-other");
        assertThat(renew(store, "token-1", "token-2", "second").kind()).isEqualTo(Renewal.Kind.UNKNOWN);
        assertThat(store.identity("first", NEXT_DAY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_begins_and_ends_sessions_at_once_does_not_deadlock_and_leaves_none_of_somebody_disabled(Kind kind) {
        SessionStore store = store(kind);
        for (int round = 0; round < 20; round++) {
            String series = "k-" + round;
            String first = "a" + round;
            String other = "b" + round;
            store.insertToStay(session(first, Optional.of(series)), "token", ANA, NOW, END);
            store.insert(session(other, Optional.empty()), ANA, NOW, END);
            SessionStore.New second = session("c" + round, Optional.of(series));
            SessionStore.New third = session("d" + round, Optional.of(series + "d"));
            atOnce(
                    () -> store.renew(series, "token", next("token-2"), second, NOW),
                    () -> store.end("u-ana", "s-" + other),
                    () -> store.insertToStay(third, "token", ANA, NOW, END),
                    () -> people.changePassword(ANA, ANA.hash(), Optional.of("s-" + first)),
                    () -> people.change("u-ana", Optional.empty(), Optional.of(true)));
            people.change("u-ana", Optional.empty(), Optional.of(false));
            assertThat(store.of("u-ana", NOW)).isEmpty();
        }
    }

    private static void atOnce(Runnable... actions) {
        CompletableFuture.allOf(
                        Arrays.stream(actions).map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();
    }
}
