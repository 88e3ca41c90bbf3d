package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static chat.foyer.testing.People.cookie;
import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Deployed;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Browsers that are closed and opened again, with "stay signed in" and without. */
class StayIT extends Deployed {
    private final String room = "stays-" + UUID.randomUUID();
    private Someone ana;

    @BeforeEach
    void begin() {
        ana = People.of(node()).member("Ana");
    }

    private HttpResponse<String> signedInToStay() {
        List<String> fields = List.of("username", ana.handle(), "password", PASSWORD, "stay", "on", "next", "");
        return People.submitted(node(), "sign-in", "sign-in", fields);
    }

    /** What a browser gets that was opened again and has this token. */
    private HttpResponse<String> openedAgain(String token) {
        return node().get("api/v1/me", "Cookie", "foyer_stay=" + token);
    }

    private String whoIs(String session) {
        return json(node().get("api/v1/me", "Cookie", "foyer_session=" + session))
                .getString("id");
    }

    private static List<String> given(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void a_browser_that_stays_is_the_same_person_when_it_is_opened_again() {
        HttpResponse<String> again = openedAgain(cookie(signedInToStay(), "foyer_stay"));
        assertThat(json(again).getString("id")).isEqualTo(ana.id());
        String session = cookie(again, "foyer_session");
        assertThat(whoIs(session)).isEqualTo(ana.id());
        String[] page = {
            "Cookie",
            "foyer_session=" + session,
            "Origin",
            node().origin(),
            "X-Foyer-Csrf",
            json(again).getString("csrf")
        };
        assertThat(node().send("DELETE", "api/v1/session", "", page).statusCode())
                .as("the first page holds the token for its forms")
                .isEqualTo(204);
    }

    @Test
    void who_did_not_ask_to_stay_is_forgotten_with_the_browser() {
        HttpResponse<String> signedIn = People.signIn(node(), ana.handle(), PASSWORD);
        assertThat(given(signedIn, "foyer_stay")).isEmpty();
        assertThat(given(signedIn, "foyer_session"))
                .singleElement()
                .satisfies(line -> assertThat(line).doesNotContain("max-age", "expires"));
    }

    @Test
    void the_token_lasts_a_month_out_of_reach_of_scripts_and_other_sites() {
        assertThat(given(signedInToStay(), "foyer_stay"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("httponly", "samesite=lax")
                        .containsPattern("max-age=25919\\d\\d|max-age=2592000"));
    }

    @Test
    void two_tabs_that_open_at_once_are_one_session() {
        String token = cookie(signedInToStay(), "foyer_stay");
        HttpResponse<String> first = openedAgain(token);
        HttpResponse<String> second = openedAgain(token);
        assertThat(cookie(second, "foyer_session")).isEqualTo(cookie(first, "foyer_session"));
        assertThat(json(second).getString("csrf")).isEqualTo(json(first).getString("csrf"));
        assertThat(given(second, "foyer_stay"))
                .as("it keeps what the first was given")
                .isEmpty();
        assertThat(whoIs(cookie(first, "foyer_session"))).isEqualTo(ana.id());
    }

    @Test
    void a_token_in_two_hands_signs_out_both_with_their_sockets() {
        String stolen = cookie(signedInToStay(), "foyer_stay");
        String next = cookie(openedAgain(stolen), "foyer_stay");
        HttpResponse<String> owners = openedAgain(next);
        String[] owner = {"Cookie", "foyer_session=" + cookie(owners, "foyer_session"), "Origin", node().origin()};
        try (ChatClient socket = ChatClient.rich(node(), room, owner)) {
            socket.nextEvent();
            HttpResponse<String> thiefs = openedAgain(stolen);
            assertThat(json(thiefs).getString("role")).isEqualTo("GUEST");
            assertThat(given(thiefs, "foyer_stay"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("max-age=0"));
            assertThat(socket.isSentAway().code()).isEqualTo(4501);
        }
        assertThat(whoIs(cookie(owners, "foyer_session"))).isNotEqualTo(ana.id());
        assertThat(json(openedAgain(cookie(owners, "foyer_stay"))).getString("role"))
                .isEqualTo("GUEST");
    }

    @Test
    void signing_out_is_for_good() {
        HttpResponse<String> again = openedAgain(cookie(signedInToStay(), "foyer_stay"));
        String token = cookie(again, "foyer_stay");
        HttpResponse<String> out = node().send(
                        "DELETE",
                        "api/v1/session",
                        "",
                        "Cookie",
                        "foyer_session=" + cookie(again, "foyer_session") + "; foyer_stay=" + token,
                        "Origin",
                        node().origin(),
                        "X-Foyer-Csrf",
                        json(again).getString("csrf"));
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(given(out, "foyer_stay"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("max-age=0"));
        assertThat(json(openedAgain(token)).getString("role")).isEqualTo("GUEST");
    }

    @Test
    void what_changes_something_renews_nothing() {
        String token = cookie(signedInToStay(), "foyer_stay");
        HttpResponse<String> posted = node().post(
                        "api/v1/rooms/" + room + "/messages",
                        "{\"message\": \"hello\"}",
                        "Cookie",
                        "foyer_stay=" + token,
                        "Origin",
                        "https://evil.example");
        assertThat(posted.statusCode()).isEqualTo(403);
        assertThat(given(posted, "foyer_session")).isEmpty();
        assertThat(json(openedAgain(token)).getString("id")).isEqualTo(ana.id());
    }

    @Test
    void a_program_that_shows_a_wrong_token_does_not_become_whoever_stays() {
        String token = cookie(signedInToStay(), "foyer_stay");
        assertThat(node().get("api/v1/me", "Cookie", "foyer_stay=" + token, "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void tokens_that_nobody_was_given_are_worth_nothing() {
        String token = cookie(signedInToStay(), "foyer_stay");
        String series = token.substring(0, token.indexOf('.'));
        for (String forged : List.of(
                "", ".", series, series + ".", "k-AAAAAAAAAAAAAAAA" + token.substring(series.length()), token + "x")) {
            assertThat(json(openedAgain(forged)).getString("role")).as(forged).isEqualTo("GUEST");
        }
        assertThat(json(openedAgain(token)).getString("id")).isEqualTo(ana.id());
    }
}
