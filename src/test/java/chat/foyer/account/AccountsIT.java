package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static chat.foyer.testing.People.cookie;
import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts from the first run to signing out, and what strangers try. */
class AccountsIT extends SharedServer {
    private People people;

    @BeforeEach
    void begin() {
        people = People.of(node());
    }

    private HttpResponse<String> me(String session) {
        return node().get("api/v1/me", "Cookie", "foyer_session=" + session);
    }

    private boolean isMember(String session) {
        return json(me(session)).getString("role").equals("MEMBER");
    }

    @Test
    void who_was_invited_joins_once() {
        String token = people.invitation();
        String once = "once." + System.currentTimeMillis(); // the people of an earlier run are still there
        List<String> fields = List.of("name", once, "handle", once, "password", PASSWORD, "token", token);
        assertThat(People.submitted(node(), "join?token=" + token, "join", fields)
                        .statusCode())
                .isEqualTo(303);
        assertThat(node().get("join?token=" + token).statusCode()).isEqualTo(404);
    }

    @Test
    void the_setup_link_is_worth_nothing_once_there_is_an_administrator() {
        assertThat(node().get("setup?token=" + People.SETUP_TOKEN).statusCode()).isEqualTo(404);
    }

    @Test
    void what_somebody_says_carries_their_name() {
        Someone ana = people.member("Ana");
        try (ChatClient socket = ChatClient.rich(node(), "names", ana.at(node()))) {
            assertThat(socket.nextEvent().getJsonObject("you").getString("id")).isEqualTo(ana.id());
        }
    }

    @Test
    void signing_out_ends_the_session_and_cuts_its_sockets() {
        Someone ana = people.member("Ana");
        try (ChatClient socket = ChatClient.rich(node(), "leaving", ana.at(node()))) {
            socket.nextEvent();
            assertThat(node().send("DELETE", "api/v1/session", "", ana.at(node()))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(socket.isSentAway().code()).isEqualTo(4501);
        }
        assertThat(isMember(people.signedIn(ana.handle()).session())).isTrue();
        assertThat(json(me(ana.session())).getString("role")).isEqualTo("GUEST");
    }

    @Test
    void every_sign_in_makes_a_new_session_whatever_the_browser_shows() {
        Someone ana = people.member("Ana");
        HttpResponse<String> again = node().post(
                        "api/v1/session",
                        "{\"name\": \"" + ana.handle() + "\", \"password\": \"" + PASSWORD + "\"}",
                        ana.at(node()));
        assertThat(cookie(again, "foyer_session")).isNotEqualTo(ana.session());
        assertThat(isMember(cookie(again, "foyer_session"))).isTrue();
        assertThat(json(me(ana.session())).getString("role")).isEqualTo("GUEST"); // the one before is over
    }

    @Test
    void the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        HttpResponse<String> signedIn =
                People.signIn(node(), people.administrator().handle(), PASSWORD);
        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .filteredOn(line -> line.startsWith("foyer_session="))
                .singleElement()
                .satisfies(line -> assertThat(line.toLowerCase(Locale.ROOT)).contains("httponly", "samesite=lax"));
    }

    @Test
    void a_wrong_name_and_a_wrong_password_look_the_same() {
        Someone ana = people.member("Ana");
        HttpResponse<String> wrongPassword = People.signIn(node(), ana.handle(), "not the password");
        HttpResponse<String> wrongName = People.signIn(node(), "nobody.of.that.name", "not the password");
        assertThat(wrongPassword.statusCode()).isEqualTo(401);
        assertThat(wrongName.statusCode()).isEqualTo(401);
        assertThat(wrongName.body()).isEqualTo(wrongPassword.body());
    }

    @Test
    void a_wrong_name_takes_as_long_as_a_wrong_password() {
        Someone ana = people.member("Ana");
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            known.add(nanosOf(ana.handle()));
            unknown.add(nanosOf("nobody." + i));
        }
        // a hash takes a hundred milliseconds and a look-up one: a difference could not be missed
        assertThat(median(unknown)).isGreaterThan(median(known) / 3);
    }

    private static long median(List<Long> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private long nanosOf(String handle) {
        long start = System.nanoTime();
        People.signIn(node(), handle, "not the password");
        return System.nanoTime() - start;
    }

    @Test
    void a_password_of_a_megabyte_is_refused_before_it_is_hashed() {
        HttpResponse<String> answer = People.signIn(node(), "the.boss", "x".repeat(1_000_000));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void a_request_without_the_token_of_our_pages_is_refused() {
        Someone boss = people.administrator();
        String[] withoutToken = {"Cookie", "foyer_session=" + boss.session(), "Origin", node().origin()};
        assertThat(node().post("api/v1/admin/invitations", "{}", withoutToken).statusCode())
                .isEqualTo(403);
        assertThat(node().send("DELETE", "api/v1/session", "", withoutToken).statusCode())
                .isEqualTo(403);
        assertThat(json(me(boss.session())).getString("role")).isEqualTo("ADMINISTRATOR");
    }

    @Test
    void a_form_of_another_site_is_refused() {
        Someone boss = people.administrator();
        String[] foreign = {
            "Cookie", "foyer_session=" + boss.session(), "Origin", "https://evil.example", "X-Foyer-Csrf", boss.csrf()
        };
        assertThat(node().post("api/v1/admin/invitations", "{}", foreign).statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobody_can_be_signed_in_by_a_form_they_did_not_open() {
        List<String> fields = List.of("username", "the.boss", "password", PASSWORD, "next", "", "csrf", "guessed");
        assertThat(node().submit("sign-in", fields, "Origin", node().origin()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void signing_in_leads_back_to_where_one_wanted_to_go() {
        List<String> fields = List.of(
                "username",
                "the.boss",
                "password",
                PASSWORD,
                "next",
                node().root().getPath() + "chat/ops/");
        HttpResponse<String> answer = People.submitted(node(), "sign-in", "sign-in", fields);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(node().root().getPath() + "chat/ops/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "/%0d%0aSet-Cookie:x=1\r\nX: y",
                "javascript:alert(1)",
                "/\tevil"
            })
    void signing_in_never_leads_to_another_site(String next) {
        List<String> fields = List.of("username", "the.boss", "password", PASSWORD, "next", next);
        HttpResponse<String> answer = People.submitted(node(), "sign-in", "sign-in", fields);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(node().root().getPath() + "chat/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "Ädmin", "а", "x", "has space", "root", "system"})
    void names_that_are_reserved_or_none_are_refused_beside_their_field(String handle) {
        String token = people.invitation();
        List<String> fields = List.of("name", "Somebody", "handle", handle, "password", PASSWORD, "token", token);
        HttpResponse<String> answer = People.submitted(node(), "join?token=" + token, "join", fields);
        assertThat(answer.statusCode()).isBetween(400, 422);
        assertThat(answer.body()).contains("aria-invalid=\"true\"").contains("value=\"Somebody\"");
    }

    @Test
    void nobody_can_look_like_somebody_else() {
        Someone ana = people.member("Paylova");
        String token = people.invitation();
        String lookAlike = ana.name().replace('a', '\u0430').replace('o', '\u043E'); // Cyrillic
        List<String> fields = List.of("name", lookAlike, "handle", "look.alike", "password", PASSWORD, "token", token);
        HttpResponse<String> answer = People.submitted(node(), "join?token=" + token, "join", fields);
        assertThat(answer.statusCode()).isEqualTo(409);
    }

    @Test
    void a_member_cannot_invite() {
        Someone ana = people.member("Ana");
        assertThat(node().post("api/v1/admin/invitations", "{}", ana.at(node())).statusCode())
                .isEqualTo(403);
    }
}
