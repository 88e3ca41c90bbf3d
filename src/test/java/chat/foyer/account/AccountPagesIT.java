package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of an account and of administrators as they leave the server; what they do is the same as by REST. */
class AccountPagesIT extends SharedServer {
    private static final String OTHER_PASSWORD = "another long password";
    private static final Pattern LINK = Pattern.compile("id=\"shown\"[^>]* value=\"[^\"]*/(\\w+\\?token=[\\w-]+)\"");
    private static final Pattern TOKEN = Pattern.compile("id=\"shown\"[^>]* value=\"([^\"]+)\"");
    private static final Pattern TOKEN_ID = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final Pattern OLDER = Pattern.compile("href=\"\\?before=(\\d+)\"");
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
    @CsvSource({"account, %2Faccount", "admin/people, %2Fadmin%2Fpeople", "admin/audit, %2Fadmin%2Faudit"})
    void guests_are_led_to_the_sign_in_page_and_back(String path, String next) {
        HttpResponse<String> answer = node().get(path);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/sign-in?next=" + next);
    }

    @ParameterizedTest
    @CsvSource({"admin/people, promote", "admin/people, site", "admin/people, invite", "admin/audit, verify"})
    void members_have_no_pages_of_administrators(String path, String deed) {
        Someone ana = people.member("Ana");
        assertThat(shown(ana, "account").body()).contains("Your account").doesNotContain("/admin/");
        assertThat(shown(ana, path).statusCode()).isEqualTo(403);
        HttpResponse<String> refused = submit(ana, path, "do", deed, "person", ana.id(), "site", "Mine");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain(boss.handle());
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "admin/people", "admin/audit"})
    void a_form_without_its_token_does_nothing(String path) {
        for (String deed : List.of("others", "invite", "verify")) {
            assertThat(node().submit(path, List.of("do", deed), browserOf(boss)).statusCode())
                    .isEqualTo(403);
        }
        assertThat(submit(boss, path, "do", "something else").statusCode()).isEqualTo(422);
    }

    @Test
    void a_profile_is_saved_and_shown() {
        Someone ana = people.member("Ana");
        String name = "Ana \"<b>&" + ana.handle();
        assertThat(submitted(ana, "account", "do", "profile", "name", name, "language", "en", "zone", "Asia/Tokyo"))
                .contains("Your profile is saved.")
                .contains("value=\"Ana &quot;&lt;b&gt;&amp;" + ana.handle() + "\"")
                .containsPattern("value=\"Asia/Tokyo\" selected=\"selected\"")
                .contains("data-zone=\"Asia/Tokyo\"");
        assertThat(shown(ana, "chat/lobby-" + ana.handle() + "/").body()).contains("data-zone=\"Asia/Tokyo\"");
    }

    @Test
    void a_person_reads_the_language_they_have_chosen_and_a_program_the_one_it_asks_for() {
        Someone ana = people.member("Ana");
        assertThat(submitted(ana, "account", "do", "profile", "name", ana.name(), "language", "ru", "zone", "browser"))
                .contains("Профиль сохранён.", "lang=\"ru\"");
        String[] english = {"Cookie", "foyer_session=" + ana.session(), "Accept-Language", "en"};
        assertThat(node().get("account", english).body())
                .contains("Ваш аккаунт")
                .doesNotContain("Your account");
        assertThat(submit(ana, "account", "do", "profile", "name", "admin", "language", "ru", "zone", "browser")
                        .body())
                .contains("Это имя зарезервировано. Выберите другое.");
        assertThat(node().get("api/v1/rooms/%20/messages", ana.at(node())).body())
                .contains("\"code\":\"room_name\"", "Название комнаты не может быть пустым.");

        String token = found(
                TOKEN,
                submit(ana, "account", "do", "token", "label", "x", "scope", "READ", "days", "7")
                        .body());
        String bearer = "Bearer " + token;
        assertThat(node().get("api/v1/rooms/%20/messages", "Authorization", bearer)
                        .body())
                .contains("A room name cannot be empty.");
        assertThat(node().get("api/v1/rooms/%20/messages", "Authorization", bearer, "Accept-Language", "ru")
                        .body())
                .contains("Название комнаты не может быть пустым.");
        assertThat(node().get("api/v1/me", "Authorization", "Bearer of nothing").body())
                .contains("This token is not valid.");
    }

    @Test
    void a_socket_tells_what_went_wrong_in_the_language_of_its_person() {
        Someone ana = people.member("Ana");
        submitted(ana, "account", "do", "profile", "name", ana.name(), "language", "ru", "zone", "browser");
        try (ChatClient socket = ChatClient.rich(node(), "talk-" + ana.handle(), ana.at(node()))) {
            socket.nextEvent(); // the welcome
            socket.sends("{\"type\": \"message.post\", \"ref\": \"1\", \"body\": \" \"}");
            JsonObject failed = socket.nextEvent();
            assertThat(failed.getString("code")).isEqualTo("empty");
            assertThat(failed.getString("detail")).isEqualTo("Сообщение пустое. Сначала напишите что-нибудь.");
        }
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_what_was_written_stays() {
        Someone ana = people.member("Ana");
        HttpResponse<String> refused =
                submit(ana, "account", "do", "profile", "name", "admin", "language", "en", "zone", "Asia/Tokyo");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("value=\"admin\"")
                .contains("This name is reserved. Choose another.")
                .containsPattern("value=\"Asia/Tokyo\" selected=\"selected\"");
        assertThat(json(node().get("api/v1/me", ana.at(node()))).getString("name"))
                .isEqualTo(ana.name());
    }

    @ParameterizedTest
    @CsvSource({"language, tlh, Choose one of these languages", "zone, Mars/Olympus, Write a time zone such as"})
    void a_profile_says_nothing_that_was_not_offered(String field, String value, String complaint) {
        Someone ana = people.member("Ana");
        Map<String, String> fields = new LinkedHashMap<>(
                Map.of("do", "profile", "name", "Anna " + ana.handle(), "language", "en", "zone", "browser"));
        fields.put(field, value);
        HttpResponse<String> refused = submit(
                ana,
                "account",
                fields.entrySet().stream()
                        .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                        .toArray(String[]::new));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(complaint).contains("value=\"Anna " + ana.handle() + "\"");
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
        people.signedIn(ana.handle());
        String elsewhere = shown(ana, "account").body();
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

    private int asProgram(String token) {
        return node().get("api/v1/me", "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void a_token_is_shown_once_and_acts_until_it_is_deleted() {
        Someone ana = people.member("Ana");
        HttpResponse<String> made =
                submit(ana, "account", "do", "token", "label", "builds <of> Ana", "scope", "READ", "days", "7");
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        String token = found(TOKEN, made.body());
        assertThat(made.body()).contains("builds &lt;of&gt; Ana", "never used", ">Reads<");
        assertThat(asProgram(token)).isEqualTo(200);
        String later = shown(ana, "account").body();
        assertThat(later).contains("builds &lt;of&gt; Ana").doesNotContain(token, "never used", "id=\"shown\"");
        String id = found(TOKEN_ID, later);
        assertThat(submit(boss, "account", "do", "delete-token", "token", id).statusCode())
                .as("somebody else's")
                .isEqualTo(404);
        assertThat(submitted(ana, "account", "do", "delete-token", "token", id))
                .contains("The token is deleted.")
                .doesNotContain("builds");
        assertThat(asProgram(token)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "' ', READ, 30, 422, Give the token a label of 1 to 100 visible characters.",
        "builds, OWN, 30, 422, Choose one of these.",
        "builds, READ, 1000000000000, 422, Choose one of these.",
        "builds, ADMIN, 30, 403, Only administrators can make a token that administers.",
        "builds, READ, never, 403, Only administrators can make a token that never expires."
    })
    void a_token_that_cannot_be_made_is_not_and_the_form_stays(
            String label, String scope, String days, int status, String complaint) {
        Someone ana = people.member("Ana");
        HttpResponse<String> refused =
                submit(ana, "account", "do", "token", "label", label, "scope", scope, "days", days);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body())
                .contains(complaint, "id=\"label\" name=\"label\" type=\"text\" value=\"" + label + "\"")
                .doesNotContain("id=\"shown\"")
                .doesNotContainPattern(TOKEN_ID);
        if (days.equals("30")) {
            assertThat(refused.body()).contains("value=\"30\" selected=\"selected\"");
        }
    }

    @Test
    void administrators_are_offered_wider_tokens() {
        assertThat(shown(people.member("Ana"), "account").body())
                .contains("value=\"WRITE\" selected", "value=\"90\" selected")
                .doesNotContain("value=\"ADMIN\"", "value=\"never\"");
        assertThat(shown(boss, "account").body()).contains("value=\"ADMIN\"", "value=\"never\"");
        String[] wide = {"do", "token", "label", "for ever", "scope", "ADMIN", "days", "never"};
        String page = submit(boss, "account", wide).body();
        assertThat(page).contains("without an end", ">Administers<");
        assertThat(node().get("api/v1/admin/site", "Authorization", "Bearer " + found(TOKEN, page))
                        .statusCode())
                .isEqualTo(200);
        submitted(boss, "account", "do", "delete-token", "token", found(TOKEN_ID, page));
    }

    @Test
    void a_program_uses_no_pages() {
        String page = submit(boss, "account", "do", "token", "label", "own", "scope", "ADMIN", "days", "7")
                .body();
        String[] program = {"Authorization", "Bearer " + found(TOKEN, page)};
        assertThat(node().get("admin/people", program).statusCode()).isEqualTo(303);
        assertThat(node().submit("admin/people", List.of("do", "invite"), program)
                        .statusCode())
                .isEqualTo(403);
        submitted(boss, "account", "do", "delete-token", "token", found(TOKEN_ID, page));
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
    void a_note_that_is_too_long_stays_where_it_was_written() {
        String note = "for Zoe ".repeat(20);
        HttpResponse<String> refused = submit(boss, "admin/people", "do", "invite", "note", note);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("A note has at most 100 characters.", "value=\"" + note + "\"");
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
                .contains("id=\"" + ana.id() + "\"")
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
    void what_cannot_be_done_to_somebody_is_said() {
        Someone ana = people.member("Ana");
        decided("disable", "person", ana.id());
        HttpResponse<String> refused = submit(boss, "admin/people", "do", "reset", "person", ana.id());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("This account is disabled. Enable it first.")
                .doesNotContain("id=\"shown\"");
        for (String deed : List.of("promote", "disable", "reset", "sign-out")) {
            assertThat(submit(boss, "admin/people", "do", deed, "person", "u-nobody")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_search_that_finds_nobody_is_shown_as_text() {
        String strange = "\"><script>%_!";
        assertThat(shown(boss, "admin/people?query=" + URLEncoder.encode(strange, StandardCharsets.UTF_8))
                        .body())
                .contains("Nobody is called that.", "value=\"&quot;&gt;&lt;script&gt;%_!\"")
                .doesNotContain("<script>%_");
    }

    @Test
    void nobody_has_buttons_for_themselves() {
        assertThat(shown(boss, "admin/people?query=" + boss.handle()).body())
                .contains("This is you")
                .doesNotContain("value=\"disable\"");
    }

    @Test
    void administrators_decide_about_the_site() {
        HttpResponse<String> unnamed = submit(
                boss, "admin/people", "do", "site", "site", " ", "language", "en", "guests", "", "registration", "on");
        assertThat(unnamed.statusCode()).isEqualTo(422);
        assertThat(unnamed.body())
                .contains("The name of a site has 1 to 60 visible characters.")
                .containsPattern("id=\"registration\"[^>]* checked=\"checked\"")
                .doesNotContainPattern("id=\"guests\"[^>]* checked=\"checked\"");
        assertThat(node().get("join").statusCode()).isEqualTo(404);
        try {
            assertThat(submitted(
                            boss,
                            "admin/people",
                            "do",
                            "site",
                            "site",
                            "Acme",
                            "language",
                            "en",
                            "guests",
                            "on",
                            "registration",
                            "on"))
                    .contains("The site is as you said.", "value=\"Acme\"");
            assertThat(node().get("join").body()).contains("Join Acme");
        } finally {
            submitted(boss, "admin/people", "do", "site", "site", "Test", "language", "en", "guests", "on");
        }
        assertThat(node().get("join").statusCode()).isEqualTo(404);
    }

    @Test
    void the_audit_log_says_who_did_what() {
        Someone ana = people.member("Ana");
        decided("disable", "person", ana.id());
        HttpResponse<String> page = shown(boss, "admin/audit");
        assertThat(page.body())
                .contains("read the audit log")
                .containsPattern("<bdi>" + boss.name() + "</bdi></b> disabled <b><bdi>" + ana.name() + "</bdi>")
                .containsPattern("<bdi>" + ana.name() + "</bdi></b> made an account <b><bdi></bdi>");
        assertThat(submit(boss, "admin/audit", "do", "verify").body())
                .contains("All entries are as they were written.", "checked the audit log");
    }

    @Test
    void older_entries_are_behind_a_link() {
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> OLDER.matcher(shown(boss, "admin/audit").body()).find()); // which is recorded, too
        String latest = shown(boss, "admin/audit").body();
        long number = Long.parseLong(found(OLDER, latest));
        assertThat(latest).contains("value=\"" + number + "\"").doesNotContain("The latest");
        assertThat(shown(boss, "admin/audit?before=" + number).body())
                .contains("value=\"" + (number - 1) + "\"", "The latest")
                .doesNotContain("value=\"" + number + "\"");
        assertThat(shown(boss, "admin/audit?before=2").body())
                .contains("value=\"1\"")
                .doesNotContainPattern(OLDER);
        assertThat(shown(boss, "admin/audit?before=1").body()).contains("There is nothing before that.");
        assertThat(shown(boss, "admin/audit?before=yesterday").statusCode()).isEqualTo(400);
    }
}
