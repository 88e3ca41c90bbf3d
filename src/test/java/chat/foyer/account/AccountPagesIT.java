package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Deployed;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of an account and of administrators as they leave the server; what they do is the same as by REST. */
class AccountPagesIT extends Deployed {
    private static final String OTHER_PASSWORD = "another long password";
    private static final Pattern LINK = Pattern.compile("id=\"link\"[^>]* value=\"[^\"]*/(\\w+\\?token=[\\w-]+)\"");
    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"");

    private People people;
    private Someone boss;

    @BeforeEach
    void begin() {
        people = People.of(node());
        boss = people.administrator();
    }

    private String[] browserOf(Someone caller) { // no header that only scripts send
        return new String[] {"Cookie", "foyer_session=" + caller.session(), "Origin", node().origin()};
    }

    private HttpResponse<String> shown(Someone caller, String path) {
        return node().get(path, browserOf(caller));
    }

    private HttpResponse<String> submit(Someone caller, String path, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("csrf", caller.csrf()));
        return node().submit(path, all, browserOf(caller));
    }

    private String submitted(Someone caller, String path, String... fields) {
        HttpResponse<String> answer = submit(caller, path, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        HttpResponse<String> next = shown(
                caller, answer.headers().firstValue("Location").orElseThrow().substring(1));
        assertThat(next.statusCode()).isEqualTo(200);
        return next.body();
    }

    private boolean isSignedIn(Someone person) {
        return json(node().get("api/v1/me", person.at(node()))).getString("id").equals(person.id());
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }

    @ParameterizedTest
    @CsvSource({"account, %2Faccount", "admin/people, %2Fadmin%2Fpeople"})
    void guests_are_led_to_the_sign_in_page_and_back(String path, String next) {
        HttpResponse<String> answer = node().get(path);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/sign-in?next=" + next);
    }

    @Test
    void members_have_no_page_of_administrators() {
        Someone ana = people.member("Ana");
        assertThat(shown(ana, "account").body()).doesNotContain("/admin/people");
        assertThat(shown(ana, "admin/people").statusCode()).isEqualTo(403);
        assertThat(submit(ana, "admin/people", "do", "promote", "person", ana.id())
                        .statusCode())
                .isEqualTo(403);
        assertThat(shown(ana, "admin/people").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "admin/people"})
    void a_form_without_its_token_does_nothing(String path) {
        assertThat(node().submit(path, List.of("do", "others"), browserOf(boss)).statusCode())
                .isEqualTo(403);
        assertThat(submit(boss, path, "do", "something else").statusCode()).isEqualTo(422);
    }

    @Test
    void a_profile_is_saved_and_shown() {
        Someone ana = people.member("Ana");
        String name = "Ana \"<b>&" + ana.handle();
        assertThat(submitted(ana, "account", "do", "profile", "name", name, "zone", "Asia/Tokyo"))
                .contains("Your profile is saved.")
                .contains("value=\"Ana &quot;&lt;b&gt;&amp;" + ana.handle() + "\"")
                .containsPattern("value=\"Asia/Tokyo\" selected=\"selected\"")
                .contains("data-zone=\"Asia/Tokyo\"");
        assertThat(shown(ana, "chat/lobby-" + ana.handle() + "/").body()).contains("data-zone=\"Asia/Tokyo\"");
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_what_was_written_stays() {
        Someone ana = people.member("Ana");
        HttpResponse<String> refused = submit(ana, "account", "do", "profile", "name", "admin", "zone", "Asia/Tokyo");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("value=\"admin\"")
                .contains("This name is reserved. Choose another.")
                .containsPattern("value=\"Asia/Tokyo\" selected=\"selected\"");
        assertThat(json(node().get("api/v1/me", ana.at(node()))).getString("name"))
                .isEqualTo(ana.name());
    }

    @Test
    void a_password_is_changed_by_who_knows_it() {
        Someone ana = people.member("Ana");
        Someone phone = people.signedIn(ana.handle());
        HttpResponse<String> wrong =
                submit(ana, "account", "do", "password", "current", "a guess", "new", OTHER_PASSWORD);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body())
                .contains("This is not your current password.")
                .doesNotContain("a guess")
                .doesNotContain(OTHER_PASSWORD);
        assertThat(submitted(ana, "account", "do", "password", "current", PASSWORD, "new", OTHER_PASSWORD))
                .contains("Your password is changed.");
        assertThat(isSignedIn(phone)).isFalse();
        assertThat(People.signIn(node(), ana.handle(), OTHER_PASSWORD).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sessions_are_ended_one_by_one_or_all_but_this() {
        Someone ana = people.member("Ana");
        String elsewhere = shown(ana, "account").body(); // joining signs in as well
        assertThat(elsewhere).contains("This browser", "Java-http-client", "127.0.0.1");
        assertThat(submitted(ana, "account", "do", "session", "session", found(SESSION, elsewhere)))
                .contains("That browser is signed out.")
                .doesNotContain("everywhere but here");
        Someone phone = people.signedIn(ana.handle());
        submitted(ana, "account", "do", "others");
        assertThat(isSignedIn(phone)).isFalse();
        assertThat(isSignedIn(ana)).isTrue();
        assertThat(submit(ana, "account", "do", "session", "session", "s-unknown")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_invitation_link_is_shown_once_and_makes_an_account() {
        HttpResponse<String> made = submit(boss, "admin/people", "do", "invite", "note", "for <Zoe>");
        assertThat(made.statusCode()).isEqualTo(200);
        String link = found(LINK, made.body());
        assertThat(link).startsWith("join?token=");
        assertThat(node().get(link).statusCode()).isEqualTo(200);
        assertThat(shown(boss, "admin/people").body())
                .contains("for &lt;Zoe&gt;")
                .doesNotContain(link.substring("join?token=".length()));
    }

    @Test
    void an_invitation_is_taken_back() {
        String note = "note " + System.nanoTime();
        String page = submit(boss, "admin/people", "do", "invite", "note", note).body();
        String id =
                found(Pattern.compile("(?s)<bdi>" + note + "</bdi>.*?name=\"invitation\" value=\"([^\"]+)\""), page);
        assertThat(submitted(boss, "admin/people", "do", "take-back", "invitation", id))
                .contains("The invitation is taken back")
                .doesNotContain(note);
        assertThat(node().get(found(LINK, page)).statusCode()).isEqualTo(404);
    }

    @Test
    void administrators_find_somebody_and_decide_about_them() {
        Someone ana = people.member("Ana");
        assertThat(shown(boss, "admin/people?query=" + ana.handle()).body())
                .contains("id=\"" + ana.id() + "\"", "action=\"/admin/people#" + ana.id() + "\"")
                .doesNotContain("id=\"" + boss.id() + "\"");
        String[] who = {"person", ana.id(), "query", ana.handle()};
        assertThat(decided("promote", who)).contains(ana.name() + " is an administrator now.", "value=\"demote\"");
        assertThat(isSignedIn(ana)).isTrue();
        assertThat(decided("demote", who)).contains(ana.name() + " is no administrator any more.", "value=\"promote\"");
        assertThat(decided("sign-out", who)).contains(ana.name() + " is signed out everywhere.");
        assertThat(isSignedIn(ana)).isFalse();
        assertThat(decided("disable", who)).contains("is disabled and signed out everywhere.", ">Disabled<");
        assertThat(People.signIn(node(), ana.handle(), PASSWORD).statusCode()).isEqualTo(401);
        assertThat(decided("enable", who)).contains("may sign in again.").doesNotContain(">Disabled<");
        assertThat(People.signIn(node(), ana.handle(), PASSWORD).statusCode()).isEqualTo(200);
    }

    private String decided(String what, String... about) {
        List<String> fields = new ArrayList<>(List.of("do", what));
        fields.addAll(List.of(about));
        return submitted(boss, "admin/people", fields.toArray(String[]::new));
    }

    @Test
    void a_link_to_a_new_password_is_shown_once() {
        Someone ana = people.member("Ana");
        String link = found(
                LINK,
                submit(boss, "admin/people", "do", "reset", "person", ana.id()).body());
        assertThat(node().get(link).body()).contains("Choose a new password", ana.handle());
        assertThat(shown(boss, "admin/people").body()).doesNotContain("id=\"link\"");
    }

    @Test
    void nobody_has_buttons_for_themselves() {
        assertThat(shown(boss, "admin/people?query=" + boss.handle()).body())
                .contains("This is you")
                .doesNotContain("value=\"disable\"");
    }

    @Test
    void administrators_decide_about_the_site() {
        HttpResponse<String> unnamed =
                submit(boss, "admin/people", "do", "site", "site", " ", "guests", "", "registration", "on");
        assertThat(unnamed.statusCode()).isEqualTo(422);
        assertThat(unnamed.body())
                .contains("The name of a site has 1 to 60 visible characters.")
                .containsPattern("id=\"registration\"[^>]* checked=\"checked\"")
                .doesNotContainPattern("id=\"guests\"[^>]* checked=\"checked\"");
        assertThat(node().get("join").statusCode()).isEqualTo(404);
        try {
            assertThat(submitted(
                            boss, "admin/people", "do", "site", "site", "Acme", "guests", "on", "registration", "on"))
                    .contains("The site is as you said.", "value=\"Acme\"");
            assertThat(node().get("join").body()).contains("Join Acme");
        } finally {
            submitted(boss, "admin/people", "do", "site", "site", "Test", "guests", "on");
        }
        assertThat(node().get("join").statusCode()).isEqualTo(404);
    }
}
