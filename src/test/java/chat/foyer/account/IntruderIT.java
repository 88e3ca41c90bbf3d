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
import jakarta.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What intruders try against browsers and sessions of others: planted and forged cookies, and headers that lie. */
class IntruderIT extends SharedServer {
    private static final int MEGABYTE = 1_000_000;
    private static final Duration AT_ONCE = Duration.ofSeconds(5); // a megabyte hashed 600,000 times takes far longer

    private People people;
    private Someone ana;

    @BeforeEach
    void begin() {
        people = People.of(node());
        ana = people.member("Ana");
    }

    private String roleOf(String cookies) {
        return json(node().get("api/v1/me", "Cookie", cookies)).getString("role");
    }

    @Test
    void what_was_planted_in_a_browser_is_not_the_session_of_who_signs_in_there() {
        Someone mallory = people.member("Mallory");
        String session = Secret.create();
        String stay = cookie(people.signedInToStay(mallory), "foyer_stay");
        String body = Json.createObjectBuilder()
                .add("name", ana.handle())
                .add("password", PASSWORD)
                .build()
                .toString();
        HttpResponse<String> signedIn = node().post(
                        "api/v1/session",
                        body,
                        "Cookie",
                        "foyer_session=" + session + "; foyer_stay=" + stay,
                        "Origin",
                        node().origin());
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        assertThat(cookie(signedIn, "foyer_session")).isNotEqualTo(session);
        assertThat(cookie(signedIn, "foyer_stay")).as("taken back").isIn("", "\"\"");
        assertThat(roleOf("foyer_session=" + session)).isEqualTo("GUEST");
        assertThat(roleOf("foyer_stay=" + stay))
                .as("nor may it sign in Mallory there later")
                .isEqualTo("GUEST");
    }

    @Test
    void fifteen_forgeries_of_a_session_are_worth_nothing() {
        String good = ana.session();
        String own = json(node().get("api/v1/me/sessions", ana.at(node())))
                .getJsonArray("sessions")
                .getJsonObject(0)
                .getString("id");
        char first = good.charAt(0) == 'A' ? 'B' : 'A';
        List<String> forgeries = List.of(
                "",
                "x",
                "null",
                Secret.create(),
                "A".repeat(43),
                Secret.hash(good),
                Secret.following(good, "csrf"),
                good.substring(1),
                good + "A",
                first + good.substring(1),
                new StringBuilder(good).reverse().toString(),
                good.toUpperCase(Locale.ROOT),
                good + "." + good,
                "%" + Integer.toHexString(good.charAt(0)) + good.substring(1),
                own,
                ana.id());
        assertThat(forgeries).hasSizeGreaterThanOrEqualTo(15).allSatisfy(forgery -> {
            assertThat(roleOf("foyer_session=" + forgery)).as(forgery).isEqualTo("GUEST");
            assertThat(roleOf("foyer_session=" + forgery + "; foyer_session=" + good))
                    .as("the first counts")
                    .isEqualTo("GUEST");
        });
        assertThat(roleOf("foyer_session=" + good)).isEqualTo("MEMBER");
    }

    @Test
    void a_session_in_an_address_is_no_session() {
        String room = "addresses";
        for (String path : List.of(
                "api/v1/me?foyer_session=" + ana.session(),
                "api/v1/me?session_key=" + ana.session(),
                "api/v1/me;foyer_session=" + ana.session(),
                "api/v1/me;jsessionid=" + ana.session())) {
            assertThat(node().get(path).body()).as(path).doesNotContain(ana.id());
        }
        assertThat(ChatClient.refusal(node(), "ws/chat/" + room + "/?session_key=" + ana.session()))
                .isEqualTo(401);
        HttpResponse<String> page = node().get("chat/" + room + "/", ana.at(node()));
        assertThat(page.body() + page.headers()).doesNotContainIgnoringCase("jsessionid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign-in", "join", "reset", "setup"})
    void a_form_with_a_password_of_a_megabyte_is_refused_at_once(String form) {
        long start = System.nanoTime();
        HttpResponse<String> answer = node().submit(
                        form,
                        List.of("username", "the.boss", "password", "x".repeat(MEGABYTE)),
                        "Origin",
                        node().origin());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
    }

    @Test
    void a_new_password_of_a_megabyte_is_refused_and_the_old_one_stays() {
        String body = Json.createObjectBuilder()
                .add("current", PASSWORD)
                .add("new", "x".repeat(MEGABYTE))
                .build()
                .toString();
        assertThat(node().send("PUT", "api/v1/me/password", body, ana.at(node()))
                        .statusCode())
                .isEqualTo(413);
        assertThat(people.signedIn(ana.handle()).id()).isEqualTo(ana.id());
    }

    @Test
    void nobody_renames_themselves_to_look_like_somebody_else() {
        String lookAlike = ana.name().replace('A', '\u0410').replace('a', '\u0430'); // Cyrillic
        HttpResponse<String> answer = node().send(
                        "PATCH",
                        "api/v1/me",
                        Json.createObjectBuilder()
                                .add("name", lookAlike)
                                .build()
                                .toString(),
                        people.member("Mallory").at(node()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    }

    @Test
    void links_with_secrets_lead_here_whatever_a_request_says_where_here_is() {
        String[] boss = people.administrator().at(node());
        String[] lying = {
            boss[0],
            boss[1],
            boss[2],
            boss[3],
            boss[4],
            boss[5],
            "X-Forwarded-Host",
            "evil.example",
            "Forwarded",
            "host=evil.example",
            "X-Forwarded-For",
            "192.0.2.7"
        };
        for (String path : List.of("api/v1/admin/people/" + ana.id() + "/reset", "api/v1/admin/invitations")) {
            HttpResponse<String> made = node().post(path, "{}", lying);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(json(made).getString("link"))
                    .startsWith("http://localhost:")
                    .doesNotContain("evil");
        }
    }
}
