package chat.foyer.user;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.database.Database;
import chat.foyer.testing.BothDatabases;
import chat.foyer.testing.LockWaits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Passwords against both databases: what one let somebody do does not outlive it, however two transactions meet. */
class PasswordStoreIT extends BothDatabases {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Instant END = NOW.plus(SessionStore.LONGEST);
    private static final Account ANA =
            new Account(new Person("u-ana", "ana", "Ana", Role.MEMBER, "en", "", NOW, false), "hash");
    private static final Duration LINK_AGE = Duration.ofHours(1);
    private static final String LINK = "the secret of a link";

    private Database database;
    private PersonStore people;
    private PasswordStore passwords;
    private LinkStore links;

    /** What a password does not outlive. */
    private enum Ending {
        ANOTHER_PASSWORD {
            @Override
            void happen(Handle handle, PasswordStoreIT site) {
                assertThat(site.people.changePassword(handle, ANA, "another hash", Optional.empty()))
                        .isTrue();
            }
        },
        RESET {
            @Override
            void happen(Handle handle, PasswordStoreIT site) {
                site.links.reset(handle, LINK, "another hash");
            }
        },
        DISABLING {
            @Override
            void happen(Handle handle, PasswordStoreIT site) {
                site.people.change(handle, "u-ana", Optional.empty(), Optional.of(true));
            }
        };

        abstract void happen(Handle handle, PasswordStoreIT site);
    }

    static Stream<Arguments> everyEnding() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Ending.values()).map(ending -> Arguments.of(kind, ending)));
    }

    private void begin(Kind kind) {
        database = database(kind);
        people = PersonStore.of(database);
        passwords = PasswordStore.of(database);
        links = LinkStore.of(database);
        database.jdbi().useTransaction(handle -> people.insert(handle, ANA.person(), ANA.hash()));
        assertThat(links.openReset(LINK, "u-ana", LINK_AGE)).isTrue();
    }

    private boolean signIn(Handle handle) {
        return people.sessions.insert(handle, session("by password"), ANA, NOW, END);
    }

    private boolean signIn() {
        return database.jdbi().inTransaction(this::signIn);
    }

    private boolean signInToStay() {
        return people.sessions.insertToStay(session("to stay"), "token", ANA, NOW, END);
    }

    private static SessionStore.New session(String hash) {
        return new SessionStore.New("s-" + hash, hash, Optional.of("k-" + hash), "192.0.2.1", "a browser");
    }

    /** Sessions that there are, or would be if she were let in again. */
    private List<Session> sessions() {
        people.change("u-ana", Optional.empty(), Optional.of(false));
        return people.sessions.of("u-ana", NOW);
    }

    /** The result of an action that another connection begins while the transaction of this one is open. */
    private boolean meanwhile(Consumer<Handle> held, BooleanSupplier other) {
        return database.jdbi()
                .<CompletableFuture<Boolean>, RuntimeException>inTransaction(handle -> {
                    held.accept(handle);
                    CompletableFuture<Boolean> underWay = CompletableFuture.supplyAsync(other::getAsBoolean);
                    LockWaits.await(handle, database, 1, underWay);
                    return underWay;
                })
                .join();
    }

    private Consumer<Handle> happening(Ending ending) {
        return handle -> ending.happen(handle, this);
    }

    private boolean happens(Ending ending) {
        database.jdbi().useTransaction(happening(ending)::accept);
        return true;
    }

    @ParameterizedTest
    @MethodSource("everyEnding")
    void a_password_that_was_shown_in_time_is_worth_nothing_afterwards(Kind kind, Ending ending) {
        begin(kind);
        assertThat(passwords.account("ana")).contains(ANA);
        happens(ending);
        assertThat(signIn()).isFalse();
        assertThat(signInToStay()).isFalse();
        assertThat(people.changePassword(ANA, "a third hash", Optional.empty())).isFalse();
        assertThat(sessions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyEnding")
    void nobody_is_signed_in_while_the_password_ends(Kind kind, Ending ending) {
        begin(kind);
        assertThat(meanwhile(happening(ending), this::signIn)).isFalse();
        assertThat(sessions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyEnding")
    void nobody_is_signed_in_to_stay_while_the_password_ends(Kind kind, Ending ending) {
        begin(kind);
        assertThat(meanwhile(happening(ending), this::signInToStay)).isFalse();
        assertThat(sessions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyEnding")
    void a_session_that_is_about_to_begin_ends_with_the_password(Kind kind, Ending ending) {
        begin(kind);
        meanwhile(this::signIn, () -> happens(ending));
        assertThat(sessions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyEnding")
    void nobody_chooses_another_password_by_one_that_ends(Kind kind, Ending ending) {
        begin(kind);
        assertThat(meanwhile(
                        happening(ending), () -> people.changePassword(ANA, "of a thief", Optional.of("s-of a thief"))))
                .isFalse();
        sessions();
        assertThat(passwords.account("ana")).map(Account::hash).isNotEqualTo(Optional.of("of a thief"));
    }

    @ParameterizedTest
    @EnumSource
    void nobody_who_is_disabled_is_given_a_link(Kind kind) {
        begin(kind);
        assertThat(meanwhile(happening(Ending.DISABLING), () -> links.openReset("another link", "u-ana", LINK_AGE)))
                .isFalse();
        people.change("u-ana", Optional.empty(), Optional.of(false));
        meanwhile(
                handle -> links.openReset(handle, "another link", "u-ana", LINK_AGE), () -> happens(Ending.DISABLING));
        people.change("u-ana", Optional.empty(), Optional.of(false));
        assertThat(links.isReset("another link")).isEmpty();
        assertThat(links.isReset(LINK)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_new_hash_of_the_same_password_counts_and_the_old_one_does_not(Kind kind) {
        begin(kind);
        Account renewed = passwords.rehash(ANA, "new hash");
        assertThat(renewed).isEqualTo(new Account(ANA.person(), "new hash"));
        assertThat(passwords.rehash(ANA, "newer hash")).as("by who was slower").isEqualTo(ANA);
        assertThat(signIn()).isFalse();
        assertThat(people.sessions.insert(session("by the new hash"), renewed, NOW, END))
                .isTrue();
    }
}
