package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static chat.foyer.testing.People.cookie;
import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import chat.foyer.user.Secret;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Browsers that are closed and opened again, with "stay signed in" and without. */
class StayIT extends SharedServer {
    private final String room = "stays-" + UUID.randomUUID();
    private People people;
    private Someone ana;

    @BeforeEach
    void begin() {
        people = People.of(node());
        ana = people.member("Ana");
    }

    private HttpResponse<String> signedInToStay() {
        return people.signedInToStay(ana);
    }

    private HttpResponse<String> openedAgain(String token) {
        return People.openedAgain(node(), token);
    }

    /** The headers of the page that a browser was given. */
    private String[] page(HttpResponse<String> given) {
        return new String[] {
            "Cookie",
            "foyer_session=" + cookie(given, "foyer_session"),
            "Origin",
            node().origin(),
            "X-Foyer-Csrf",
            json(given).getString("csrf")
        };
    }

    private boolean isWorthNothing(String token) {
        return json(openedAgain(token)).getString("role").equals("GUEST");
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
        assertThat(whoIs(cookie(again, "foyer_session"))).isEqualTo(ana.id());
        assertThat(node().send("DELETE", "api/v1/session", "", page(again)).statusCode())
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
        assertThat(cookie(second, "foyer_stay"))
                .as("so that it does not matter which answer comes last, or is lost")
                .isEqualTo(cookie(first, "foyer_stay"));
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
            assertThat(given(thiefs, "foyer_stay")).singleElement().satisfies(StayIT::isTakenBack);
            assertThat(socket.isSentAway().code()).isEqualTo(4501);
        }
        assertThat(whoIs(cookie(owners, "foyer_session"))).isNotEqualTo(ana.id());
        assertThat(json(openedAgain(cookie(owners, "foyer_stay"))).getString("role"))
                .isEqualTo("GUEST");
    }

    /** A cookie ends by its age or at a moment long ago (RFC 6265 §5.3): servers differ. */
    private static void isTakenBack(String line) {
        assertThat(line).containsAnyOf("max-age=0", "expires=thu, 01-jan-1970");
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
        assertThat(given(out, "foyer_stay")).singleElement().satisfies(StayIT::isTakenBack);
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
        String secret = token.substring(series.length() + 1);
        List<String> forgeries = List.of(
                "",
                ".",
                "x",
                series,
                series + ".",
                secret,
                "." + secret,
                secret + "." + series,
                "k-AAAAAAAAAAAAAAAA." + secret,
                series.toUpperCase(Locale.ROOT) + "." + secret,
                series + ":" + secret,
                series + "." + secret.substring(1),
                series + "." + Secret.hash(secret),
                token + "x",
                token + "." + secret,
                token.replace('k', 's'));
        assertThat(forgeries).hasSizeGreaterThanOrEqualTo(15);
        for (String forged : forgeries) {
            assertThat(json(openedAgain(forged)).getString("role")).as(forged).isEqualTo("GUEST");
        }
        assertThat(json(openedAgain(token)).getString("id")).isEqualTo(ana.id());
    }

    @Test
    void a_session_that_is_renewed_is_listed_and_ended_like_any_other() {
        HttpResponse<String> again = openedAgain(cookie(signedInToStay(), "foyer_stay"));
        List<JsonObject> sessions = json(node().get("api/v1/me/sessions", ana.at(node())))
                .getJsonArray("sessions")
                .getValuesAs(JsonObject.class);
        JsonObject renewed = sessions.stream()
                .filter(session -> session.getBoolean("stays"))
                .reduce((one, other) -> {
                    throw new AssertionError("the one before it is still there: " + sessions);
                })
                .orElseThrow();
        assertThat(renewed.getBoolean("current")).isFalse();
        try (ChatClient socket = ChatClient.rich(node(), room, page(again))) {
            socket.nextEvent();
            assertThat(node().send("DELETE", "api/v1/me/sessions/" + renewed.getString("id"), "", ana.at(node()))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(socket.isSentAway().code()).isEqualTo(4501);
        }
        assertThat(isWorthNothing(cookie(again, "foyer_stay"))).isTrue();
    }

    @Test
    void another_password_ends_every_token_also_that_of_the_browser_it_is_changed_in() {
        String elsewhere = cookie(signedInToStay(), "foyer_stay");
        HttpResponse<String> here = openedAgain(cookie(signedInToStay(), "foyer_stay"));
        HttpResponse<String> changed = node().send(
                        "PUT",
                        "api/v1/me/password",
                        "{\"current\": \"" + PASSWORD + "\", \"new\": \"another long password\"}",
                        page(here));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
        assertThat(whoIs(cookie(here, "foyer_session"))).isEqualTo(ana.id());
        assertThat(isWorthNothing(elsewhere)).isTrue();
        assertThat(isWorthNothing(cookie(here, "foyer_stay"))).isTrue();
    }

    @Test
    void who_is_signed_out_everywhere_or_disabled_does_not_come_back_by_a_token() {
        String[] boss = people.administrator().at(node());
        String signedOut = cookie(signedInToStay(), "foyer_stay");
        assertThat(node().post("api/v1/admin/people/" + ana.id() + "/sign-out", "", boss)
                        .statusCode())
                .isEqualTo(204);
        assertThat(isWorthNothing(signedOut)).isTrue();
        String disabled = cookie(signedInToStay(), "foyer_stay");
        for (boolean state : new boolean[] {true, false}) {
            assertThat(node().send("PATCH", "api/v1/admin/people/" + ana.id(), "{\"disabled\": " + state + "}", boss)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(isWorthNothing(disabled)).isTrue();
    }

    @Test
    void a_sign_out_without_a_session_ends_the_token_that_is_shown() {
        String token = cookie(signedInToStay(), "foyer_stay");
        assertThat(node().send(
                                "DELETE",
                                "api/v1/session",
                                "",
                                "Cookie",
                                "foyer_stay=" + token,
                                "Origin",
                                node().origin())
                        .statusCode())
                .isEqualTo(204);
        assertThat(isWorthNothing(token)).isTrue();
    }

    @Test
    void a_handshake_renews_nothing() {
        String token = cookie(signedInToStay(), "foyer_stay");
        try (ChatClient socket =
                ChatClient.rich(node(), room, "Cookie", "foyer_stay=" + token, "Origin", node().origin())) {
            assertThat(socket.nextEvent().getJsonObject("you").getString("id")).isNotEqualTo(ana.id());
        }
        assertThat(json(openedAgain(token)).getString("id")).isEqualTo(ana.id());
    }

    @Test
    void a_guess_at_the_token_of_a_series_ends_it() {
        String token = cookie(signedInToStay(), "foyer_stay");
        String guess = token.substring(0, token.indexOf('.') + 1) + Secret.create();
        assertThat(isWorthNothing(guess)).isTrue();
        assertThat(isWorthNothing(token)).isTrue();
    }
}
