package chat.foyer.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.database.Database;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.testing.BothDatabases;
import chat.foyer.testing.LockWaits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens and tickets against both databases: whom they stand for, how often, and what makes them void. */
class ProgramStoresIT extends BothDatabases {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Instant END = NOW.plus(Duration.ofDays(1));

    /** A database with Ana, and what one knows there. */
    private record Site(Database database, PersonStore people, TokenStore tokens, TicketStore tickets) {
        AccessChangeStore changes() {
            return tokens.changes;
        }

        long lastChange() {
            return changes().last();
        }

        Identity ana() {
            Proof proof = new Proof(Proof.Kind.SESSION, "s-1", Scope.ADMIN, Optional.of(END));
            return new Identity(new User("u-ana", "Ana", false), Role.MEMBER, Optional.of("en"), proof, lastChange());
        }

        void note(AccessChange.Kind kind, String subject) {
            database.jdbi().useTransaction(handle -> changes().note(handle, kind, subject, AccessChange.Reason.ENDED));
        }
    }

    private Site site(Kind kind) {
        Database database = database(kind);
        PersonStore people = PersonStore.of(database);
        Person ana = new Person("u-ana", "ana", "Ana", Role.MEMBER, "en", "", NOW, false);
        database.jdbi().useTransaction(handle -> people.insert(handle, ana, "hash"));
        SessionStore.New session = new SessionStore.New("s-1", "session", Optional.empty(), "192.0.2.1", "a browser");
        people.sessions.insert(session, new Account(ana, "hash"), NOW, END);
        return new Site(database, people, TokenStore.of(database, people.accessChanges), TicketStore.of(database));
    }

    private static Token token(TokenSecret secret, Optional<Instant> end) {
        return new Token(secret.id(), "a bot", Scope.WRITE, NOW, end, Optional.empty());
    }

    private static TokenSecret added(Site site) {
        TokenSecret secret = TokenSecret.random();
        assertThat(site.tokens().add(site.ana(), token(secret, Optional.of(END)), secret.hash(), 50))
                .isTrue();
        return secret;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_token_is_found_with_its_owner_as_they_are_now(Kind kind) {
        Site site = site(kind);
        TokenSecret secret = added(site);
        site.people().change("u-ana", Optional.of(Role.ADMINISTRATOR), Optional.empty());
        TokenStore.Found found = site.tokens().find(secret.id()).orElseThrow();
        assertThat(found.token()).isEqualTo(token(secret, Optional.of(END)));
        assertThat(secret.hasHash(found.hash())).isTrue();
        assertThat(found.owner().role()).isEqualTo(Role.ADMINISTRATOR);
        assertThat(found.owner().asOf()).isEqualTo(site.lastChange());
        assertThat(site.tokens().find("t-unknown")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_tokens_of_somebody_disabled_are_void_until_they_are_let_in_again(Kind kind) {
        Site site = site(kind);
        TokenSecret secret = added(site);
        TokenStore.Found before = site.tokens().find(secret.id()).orElseThrow();
        site.people().change("u-ana", Optional.empty(), Optional.of(true));
        assertThat(site.tokens().find(secret.id())).isEmpty();
        TokenSecret another = TokenSecret.random();
        assertThatThrownBy(() -> site.tokens().add(site.ana(), token(another, Optional.empty()), another.hash(), 50))
                .as("every session has ended")
                .isInstanceOf(ChatException.class);
        Identity connected = new Identity(
                before.owner().user(),
                Role.MEMBER,
                new Proof(Proof.Kind.TOKEN, secret.id(), Scope.WRITE, Optional.of(END)),
                before.owner().asOf());
        assertThat(site.changes().after(before.owner().asOf())).anyMatch(connected::isVoidedBy);
        site.people().change("u-ana", Optional.empty(), Optional.of(false));
        assertThat(site.tokens().find(secret.id())).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void no_token_is_made_by_a_session_that_ends(Kind kind) {
        Site site = site(kind);
        TokenSecret secret = TokenSecret.random();
        Identity owner = site.ana();
        CompletableFuture<Boolean> making = site.database().jdbi().inTransaction(handle -> {
            site.people().sessions.endAll(handle, "u-ana", Optional.empty());
            CompletableFuture<Boolean> underWay = CompletableFuture.supplyAsync(
                    () -> site.tokens().add(owner, token(secret, Optional.of(END)), secret.hash(), 50));
            LockWaits.await(handle, site.database(), 1, underWay);
            return underWay;
        });
        assertThatThrownBy(making::join).hasCause(new ChatException(Fault.SIGNED_OUT));
        assertThat(site.tokens().of("u-ana")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_deleted_token_is_gone_and_noted_once(Kind kind) {
        Site site = site(kind);
        TokenSecret secret = added(site);
        long before = site.lastChange();
        assertThat(site.tokens().delete("u-bo", secret.id())).isFalse();
        assertThat(site.lastChange()).isEqualTo(before);
        assertThat(site.tokens().delete("u-ana", secret.id())).isTrue();
        assertThat(site.tokens().delete("u-ana", secret.id())).isFalse();
        assertThat(site.tokens().of("u-ana")).isEmpty();
        assertThat(site.changes().after(before))
                .containsExactly(
                        new AccessChange(before + 1, AccessChange.Kind.PROOF, secret.id(), AccessChange.Reason.ENDED));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void many_who_add_tokens_at_once_do_not_pass_the_limit(Kind kind) {
        Site site = site(kind);
        List<CompletableFuture<Boolean>> tries = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    TokenSecret secret = TokenSecret.random();
                    return site.tokens().add(site.ana(), token(secret, Optional.of(END)), secret.hash(), 3);
                }))
                .limit(8)
                .toList();
        assertThat(tries.stream().filter(CompletableFuture::join)).hasSize(3);
        assertThat(site.tokens().of("u-ana")).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void use_is_noted_once_a_minute(Kind kind) {
        Site site = site(kind);
        TokenSecret secret = added(site);
        Duration[] times = {Duration.ZERO, Duration.ofSeconds(59), Duration.ofSeconds(61)};
        List<Instant> noted = new ArrayList<>();
        for (Duration time : times) {
            Token known = site.tokens().find(secret.id()).orElseThrow().token();
            site.tokens().used(known, NOW.plus(time));
            noted.add(site.tokens().of("u-ana").get(0).usedAt().orElseThrow());
        }
        assertThat(noted).containsExactly(NOW, NOW, NOW.plusSeconds(61));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_ticket_is_taken_once_however_many_try(Kind kind) {
        Site site = site(kind);
        String ticket = Secret.hash("a ticket");
        Instant end = site.tickets().add(ticket, site.ana());
        assertThat(end).isAfter(Instant.now());
        List<CompletableFuture<Optional<Identity>>> tries = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> site.tickets().take(ticket)))
                .limit(8)
                .toList();
        assertThat(tries.stream().flatMap(attempt -> attempt.join().stream())).containsExactly(site.ana());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_ticket_that_is_too_old_is_void_and_cleared_away(Kind kind) {
        Site site = site(kind);
        site.tickets().add("old", site.ana());
        site.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE socket_ticket SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND"));
        site.tickets().add("new", site.ana());
        List<String> kept = site.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT hash FROM socket_ticket")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).containsExactly("new");
        site.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE socket_ticket SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND"));
        assertThat(site.tickets().take("new")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void many_tickets_are_issued_at_once_while_old_ones_are_cleared_away(Kind kind) {
        Site site = site(kind);
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<String>> issued = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                        String ticket = Secret.create();
                        site.tickets().add(ticket, site.ana());
                        return ticket;
                    }))
                    .limit(40)
                    .toList();
            List<String> tickets = issued.stream().map(CompletableFuture::join).toList();
            assertThat(site.tickets().take(tickets.get(0))).isPresent();
            site.database()
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE socket_ticket SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND"));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_ticket_is_void_once_its_session_or_its_holder_is(Kind kind) {
        Site site = site(kind);
        site.tickets().add("of another", site.ana());
        site.note(AccessChange.Kind.PROOF, "s-2");
        site.note(AccessChange.Kind.USER, "u-bo");
        assertThat(site.tickets().take("of another")).isPresent();
        site.tickets().add("of the session", site.ana());
        site.note(AccessChange.Kind.PROOF, "s-1");
        assertThat(site.tickets().take("of the session")).isEmpty();
        site.tickets().add("of the holder", site.ana());
        site.people().change("u-ana", Optional.empty(), Optional.of(true));
        assertThat(site.tickets().take("of the holder")).isEmpty();
        site.people().change("u-ana", Optional.empty(), Optional.of(false));
        assertThat(site.tickets().take("of the holder")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_ticket_does_not_outlive_that_by_which_it_was_fetched(Kind kind) {
        Site site = site(kind);
        Proof ended = new Proof(
                Proof.Kind.TOKEN, "t-1", Scope.READ, Optional.of(Instant.now().minusSeconds(1)));
        site.tickets().add("late", new Identity(site.ana().user(), Role.MEMBER, ended, site.lastChange()));
        assertThat(site.tickets().take("late")).isEmpty();
    }
}
