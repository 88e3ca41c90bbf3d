package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Deployed;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as they leave the server, before any script runs. */
class PageIT extends Deployed {

    @Test
    void the_root_leads_to_the_lobby() {
        HttpResponse<String> root = node().get("");
        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location")).contains("/chat/");
        assertThat(node().get("chat").headers().firstValue("Location")).contains("/chat/");
        assertThat(node().get("chat/lobby?view=plain").headers().firstValue("Location"))
                .contains("/chat/lobby/?view=plain");
    }

    @Test
    void the_lobby_asks_which_room() {
        HttpResponse<String> lobby = node().get("chat/");
        assertThat(lobby.statusCode()).isEqualTo(200);
        assertThat(lobby.body())
                .startsWith("<!DOCTYPE html>")
                .contains("<title>Chat Rooms</title>")
                .contains("What chat room would you like to enter?")
                .contains("id=\"room-name-input\"")
                .contains("id=\"room-name-submit\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru-RU,ru;q=0.9,en;q=0.8 | ru | В какую комнату вы хотите войти?",
                "en-GB,en;q=0.9,ru;q=0.8 | en | What chat room would you like to enter?",
                "de-DE,de;q=0.9 | en | What chat room would you like to enter?",
                "*;q=;;, | en | What chat room would you like to enter?"
            })
    void a_guest_reads_the_first_language_they_ask_for_that_there_are_words_for(
            String accepted, String language, String question) {
        HttpResponse<String> lobby = node().get("chat/", "Accept-Language", accepted);
        assertThat(lobby.body())
                .contains("<html", "lang=\"" + language + "\"", "dir=\"ltr\"")
                .contains(question);
        assertThat(lobby.headers().firstValue("Content-Language")).contains(language);
        assertThat(String.join(",", lobby.headers().allValues("Vary"))).contains("Accept-Language");
    }

    @Test
    void a_room_and_what_is_wrong_with_its_name_are_told_in_russian() {
        assertThat(node().get("chat/lobby/", "Accept-Language", "ru").body())
                .contains("<title>#lobby – Foyer</title>", "placeholder=\"Написать: lobby\"", ">Личные сообщения<");
        assertThat(node().get("chat/%20/", "Accept-Language", "ru").body())
                .contains("Комнаты с таким названием нет.", "Название комнаты не может быть пустым.");
        assertThat(node().get("nowhere", "Accept-Language", "ru").body()).contains("По этому адресу ничего нет.");
        HttpResponse<String> problem = node().get("api/v1/rooms/%20/messages", "Accept-Language", "ru");
        assertThat(problem.body()).contains("\"code\":\"room_name\"", "Название комнаты не может быть пустым.");
        assertThat(problem.headers().firstValue("Content-Language")).contains("ru");
        assertThat(String.join(",", problem.headers().allValues("Vary"))).contains("Accept-Language");
    }

    @Test
    void the_page_of_the_tutorial_is_english_in_every_language() {
        HttpResponse<String> plain = node().get("chat/lobby/?view=plain", "Accept-Language", "ru");
        assertThat(plain.body())
                .contains("lang=\"en\"", "value=\"Send\"")
                .isEqualTo(node().get("chat/lobby/?view=plain").body());
        assertThat(plain.headers().firstValue("Content-Language")).contains("en");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/lobby/", "chat/lobby/?view=plain"})
    void a_room_has_the_ids_of_the_tutorial(String path) {
        assertThat(node().get(path).body())
                .contains("id=\"chat-log\"")
                .contains("id=\"chat-message-input\"")
                .contains("id=\"chat-message-submit\"")
                .contains("<script id=\"room-name\" type=\"application/json\">\"lobby\"</script>");
    }

    @Test
    void titles_tell_the_view() {
        assertThat(node().get("chat/lobby/").body()).contains("<title>#lobby – Foyer</title>");
        assertThat(node().get("chat/lobby/?view=plain").body()).contains("<title>Chat Room");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?view=plain"})
    void a_hostile_room_name_stays_text(String query) {
        String name = "<!--<script>alert(1)</script>\"'&\u2028";
        String harmless = name.substring(0, name.length() - 1);
        String body = node().get("chat/" + ChatClient.encode(harmless).replace("%2F", "") + "/" + query)
                .body();
        assertThat(body)
                .doesNotContain("<!--<script>")
                .doesNotContain("<script>alert")
                .contains("\\u003C!--\\u003Cscript\\u003Ealert(1)");
    }

    @ParameterizedTest
    @CsvSource({
        "chat/a%2Fb/, cannot contain a slash",
        "chat/%E2%80%AEx/, invisible formatting",
        "chat/%20/, cannot be empty",
        "chat/a/b/, cannot contain a slash",
    })
    void a_bad_room_name_gets_a_page_that_says_why(String path, String reason) {
        HttpResponse<String> page = node().get(path);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat/",
                "chat/lobby/",
                "chat/lobby/?view=plain",
                "chat/%20/",
                "assets/js/room.js",
                "ops/health/live"
            })
    void every_answer_carries_the_security_headers(String path) {
        HttpResponse<String> answer = node().get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).isPresent();
    }

    @Test
    void no_page_needs_inline_code() {
        for (String path : new String[] {"chat/", "chat/lobby/", "chat/lobby/?view=plain"}) {
            assertThat(node().get(path).body())
                    .doesNotContainPattern("<style[ >]")
                    .doesNotContainPattern("\\son[a-z]+=")
                    .doesNotContainPattern("\\sstyle=")
                    .doesNotContainPattern("<script(?![^>]*(src=|type=\"application/json\"))[^>]*>");
        }
    }

    @Test
    void the_first_page_brings_a_guest_cookie_that_scripts_cannot_read() {
        String cookie = node().get("chat/").headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("foyer_guest=")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax");
        String again = "foyer_guest=" + "D".repeat(43);
        assertThat(node().get("chat/", "Cookie", again).headers().firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(node().get("chat/", "Cookie", "foyer_guest=forged").headers().firstValue("Set-Cookie"))
                .as("what we did not make is replaced")
                .isPresent();
    }

    @Test
    void no_error_shows_more_than_a_sentence() {
        HttpResponse<String> tricked = node().get("chat/lobby/?jakarta.faces.ViewState=x");
        assertThat(tricked.statusCode()).isEqualTo(302);
        for (String path : new String[] {"nowhere", "chat/%20/", "ws/chat/lobby/", "assets/none.js", "ops/health/x"}) {
            HttpResponse<String> page = node().get(path);
            assertThat(page.statusCode()).as(path).isGreaterThanOrEqualTo(400);
            assertThat(page.body())
                    .as(path)
                    .contains("Foyer")
                    .doesNotContain("Exception", "\tat ", "Payara", "WildFly", "Undertow");
        }
    }

    @Test
    void files_and_health_bring_no_cookie() {
        for (String path : new String[] {"assets/js/room.js", "ops/health/live"}) {
            assertThat(node().get(path).headers().firstValue("Set-Cookie"))
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void views_and_configuration_cannot_be_fetched() {
        for (String path :
                new String[] {"WEB-INF/web.xml", "WEB-INF/views/room.xhtml", "room.xhtml", "META-INF/MANIFEST.MF"}) {
            assertThat(node().get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void health_is_served() {
        assertThat(node().get("ops/health/live").statusCode()).isEqualTo(200);
        assertThat(node().get("ops/health/started").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = node().get("ops/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"status\":\"UP\"").contains("\"bus\":\"memory\"");
        assertThat(node().get("ops/health/nonsense").statusCode()).isEqualTo(404);
    }
}
