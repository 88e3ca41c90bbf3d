package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators do to accounts, and what people change about their own. */
class AdministrationIT extends SharedServer {
    private static final String OTHER_PASSWORD = "another long password";

    private People people;
    private Someone boss;

    @BeforeEach
    void begin() {
        people = People.of(node());
        boss = people.administrator();
    }

    private HttpResponse<String> as(Someone caller, String method, String path, String body) {
        return node().send(method, "api/v1/" + path, body, caller.at(node()));
    }

    private HttpResponse<String> change(Someone person, String body) {
        return as(boss, "PATCH", "admin/people/" + person.id(), body);
    }

    private boolean isSignedIn(Someone person) {
        return json(as(person, "GET", "me", "")).getString("id").equals(person.id());
    }

    private int signIn(Someone person, String password) {
        return People.signIn(node(), person.handle(), password).statusCode();
    }

    private ChatClient socketOf(Someone person) {
        ChatClient socket = ChatClient.rich(node(), "administration", person.at(node()));
        socket.nextEvent();
        return socket;
    }

    private void resetPassword(String token) {
        HttpResponse<String> done = People.submitted(
                node(), "reset?token=" + token, "reset", List.of("token", token, "password", OTHER_PASSWORD));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
    }

    @Test
    void people_find_each_other_and_administrators_find_everybody() {
        Someone ana = people.member("Ana");
        Someone bo = people.member("Bo");
        change(bo, "{\"disabled\": true}");
        assertThat(as(ana, "GET", "people?query=" + bo.handle(), "").body()).doesNotContain(bo.id());
        assertThat(as(bo, "GET", "people", "").statusCode()).as("a guest now").isEqualTo(403);
        assertThat(as(boss, "GET", "people?query=" + ana.handle().toUpperCase(), "")
                        .body())
                .contains(ana.id())
                .doesNotContain("role");
        assertThat(as(boss, "GET", "admin/people?query=" + bo.handle(), "").body())
                .contains(bo.id(), "\"disabled\":true", "\"role\":\"MEMBER\"");
    }

    @Test
    void who_is_disabled_is_out_at_once_and_comes_back_when_enabled() {
        Someone ana = people.member("Ana");
        try (ChatClient socket = socketOf(ana)) {
            assertThat(json(change(ana, "{\"disabled\": true}")).getBoolean("disabled"))
                    .isTrue();
            assertThat(socket.isSentAway().code()).isEqualTo(4501);
        }
        assertThat(isSignedIn(ana)).isFalse();
        assertThat(signIn(ana, PASSWORD)).isEqualTo(401);
        change(ana, "{\"disabled\": false}");
        assertThat(isSignedIn(ana)).as("the old session stays over").isFalse();
        assertThat(signIn(ana, PASSWORD)).isEqualTo(200);
    }

    @Test
    void another_role_holds_at_once() {
        Someone ana = people.member("Ana");
        assertThat(as(ana, "GET", "admin/people", "").statusCode()).isEqualTo(403);
        try (ChatClient socket = socketOf(ana)) {
            change(ana, "{\"role\": \"ADMINISTRATOR\"}");
            assertThat(socket.isSentAway().code()).isEqualTo(4409);
        }
        assertThat(as(ana, "GET", "admin/people", "").statusCode()).isEqualTo(200);
        change(ana, "{\"role\": \"MEMBER\"}");
        assertThat(as(ana, "GET", "admin/people", "").statusCode()).isEqualTo(403);
    }

    @Test
    void a_reset_link_gives_another_password_once_and_ends_what_was() {
        Someone ana = people.member("Ana");
        String replaced = json(as(boss, "POST", "admin/people/" + ana.id() + "/reset", ""))
                .getString("token");
        JsonObject made = json(as(boss, "POST", "admin/people/" + ana.id() + "/reset", ""));
        String token = made.getString("token");
        assertThat(made.getString("link")).endsWith("/reset?token=" + token);
        assertThat(node().get("reset?token=" + replaced).statusCode()).isEqualTo(404);
        try (ChatClient socket = socketOf(ana)) {
            resetPassword(token);
            assertThat(socket.isSentAway().code()).isEqualTo(4501);
        }
        assertThat(isSignedIn(ana)).isFalse();
        assertThat(signIn(ana, PASSWORD)).isEqualTo(401);
        assertThat(signIn(ana, OTHER_PASSWORD)).isEqualTo(200);
        assertThat(node().get("reset?token=" + token).statusCode()).isEqualTo(404);
    }

    @Test
    void signing_somebody_out_ends_all_their_sessions_and_nothing_else() {
        Someone ana = people.member("Ana");
        Someone elsewhere = people.signedIn(ana.handle());
        assertThat(as(boss, "POST", "admin/people/" + ana.id() + "/sign-out", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(isSignedIn(ana) || isSignedIn(elsewhere)).isFalse();
        assertThat(signIn(ana, PASSWORD)).isEqualTo(200);
    }

    @Test
    void people_see_their_sessions_and_end_them() {
        Someone ana = people.member("Ana");
        Someone phone = people.signedIn(ana.handle());
        Someone tablet = people.signedIn(ana.handle());
        List<JsonObject> sessions =
                json(as(ana, "GET", "me/sessions", "")).getJsonArray("sessions").getValuesAs(JsonObject.class);
        assertThat(sessions).hasSizeGreaterThanOrEqualTo(3);
        assertThat(sessions)
                .filteredOn(session -> session.getBoolean("current"))
                .hasSize(1);
        String ofPhone =
                json(as(phone, "GET", "me/sessions", ""))
                        .getJsonArray("sessions")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .filter(session -> session.getBoolean("current"))
                        .map(session -> session.getString("id"))
                        .findFirst()
                        .orElseThrow();
        assertThat(as(people.member("Bo"), "DELETE", "me/sessions/" + ofPhone, "")
                        .statusCode())
                .as("somebody else's")
                .isEqualTo(404);
        assertThat(as(ana, "DELETE", "me/sessions/" + ofPhone, "").statusCode()).isEqualTo(204);
        assertThat(isSignedIn(phone)).isFalse();
        assertThat(isSignedIn(tablet)).isTrue();
        assertThat(as(ana, "DELETE", "me/sessions", "").statusCode()).isEqualTo(204);
        assertThat(isSignedIn(tablet)).isFalse();
        assertThat(isSignedIn(ana)).isTrue();
    }

    @Test
    void another_password_needs_the_current_one_and_ends_the_other_sessions() {
        Someone ana = people.member("Ana");
        Someone phone = people.signedIn(ana.handle());
        HttpResponse<String> wrong =
                as(ana, "PUT", "me/password", "{\"current\": \"wrong\", \"new\": \"" + OTHER_PASSWORD + "\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(json(wrong).getString("field")).isEqualTo("current");
        HttpResponse<String> weak =
                as(ana, "PUT", "me/password", "{\"current\": \"" + PASSWORD + "\", \"new\": \"short\"}");
        assertThat(weak.statusCode()).isEqualTo(422);
        assertThat(isSignedIn(phone)).isTrue();
        HttpResponse<String> done = as(
                ana, "PUT", "me/password", "{\"current\": \"" + PASSWORD + "\", \"new\": \"" + OTHER_PASSWORD + "\"}");
        assertThat(done.statusCode()).isEqualTo(204);
        assertThat(isSignedIn(phone)).isFalse();
        assertThat(isSignedIn(ana)).isTrue();
        assertThat(signIn(ana, OTHER_PASSWORD)).isEqualTo(200);
    }

    @Test
    void people_say_how_they_want_to_be_seen() {
        Someone ana = people.member("Ana");
        String name = "Ana the " + ana.handle();
        JsonObject changed = json(as(
                ana,
                "PATCH",
                "me",
                Json.createObjectBuilder()
                        .add("name", name)
                        .add("zone", "Europe/Berlin")
                        .build()
                        .toString()));
        assertThat(changed.getString("name")).isEqualTo(name);
        assertThat(changed.getString("zone")).isEqualTo("Europe/Berlin");
        assertThat(changed.getString("language")).isEqualTo("en");
        try (ChatClient socket = ChatClient.rich(node(), "renamed", ana.at(node()))) {
            assertThat(socket.nextEvent().getJsonObject("you").getString("name"))
                    .isEqualTo(name);
        }
        HttpResponse<String> lookAlike =
                as(people.member("Bo"), "PATCH", "me", "{\"name\": \"" + name.replace('A', 'А') + "\"}");
        assertThat(lookAlike.statusCode()).as("with a Cyrillic letter").isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "name, ''",
        "name, administrator",
        "zone, Nowhere/Land",
        "language, tlh",
    })
    void what_nobody_can_be_is_refused_beside_its_field(String field, String value) {
        HttpResponse<String> answer = as(people.member("Ana"), "PATCH", "me", "{\"" + field + "\": \"" + value + "\"}");
        assertThat(answer.statusCode()).isBetween(409, 422);
        assertThat(json(answer).getString("field")).isEqualTo(field);
    }

    @Test
    void a_role_that_is_none_is_refused() {
        Someone ana = people.member("Ana");
        assertThat(change(ana, "{\"role\": \"GUEST\"}").statusCode()).isEqualTo(422);
        assertThat(change(ana, "{\"role\": \"EMPEROR\"}").statusCode()).isEqualTo(422);
        assertThat(as(boss, "PATCH", "admin/people/u-nobody", "{\"disabled\": true}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void administrators_decide_about_the_site() {
        assertThat(node().get("join").statusCode()).isEqualTo(404);
        JsonObject before = json(as(boss, "GET", "admin/site", ""));
        try {
            JsonObject open = json(as(boss, "PATCH", "admin/site", "{\"registration\": true, \"name\": \"Acme\"}"));
            assertThat(open.getBoolean("guests")).isEqualTo(before.getBoolean("guests"));
            HttpResponse<String> join = node().get("join");
            assertThat(join.statusCode()).isEqualTo(200);
            assertThat(join.body()).contains("Acme");
        } finally {
            assertThat(as(boss, "PATCH", "admin/site", before.toString()).statusCode())
                    .isEqualTo(200);
        }
        assertThat(as(boss, "PATCH", "admin/site", "{\"name\": \"\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void what_administrators_do_stands_in_the_audit_log() {
        Someone ana = people.member("Ana");
        change(ana, "{\"disabled\": true}");
        assertThat(as(boss, "GET", "admin/audit", "").body())
                .contains("\"action\":\"person.disable\"", "\"subject\":\"" + ana.id() + "\"");
    }
}
