package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Browser;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with members at browsers, new ones for each. */
abstract class MembersInBrowser extends SharedServer {

    Browser browser;
    People people;
    Someone ana;
    Someone bo;

    @BeforeEach
    void open() {
        people = People.of(node());
        ana = people.member("Ana");
        bo = people.member("Bo");
        browser = Browser.start();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    static String newRoom() {
        return "room-" + UUID.randomUUID();
    }

    Page pageOf(Someone who) {
        Page page = browser.newPerson();
        page.context().addCookies(List.of(new Cookie("foyer_session", who.session()).setUrl(node().origin())));
        page.navigate(node().page("chat/").toString());
        return page;
    }

    void enter(Page page, String room) {
        page.navigate(node().page("chat/" + ChatClient.encode(room) + "/").toString());
        awaitLive(page);
    }

    static void awaitLive(Page page) {
        assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    }

    String does(Someone who, String method, String path, String body) {
        var answer = node().send(method, "api/v1/" + path, body, who.at(node()));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    void makes(Someone who, String room, String kind, Someone... members) {
        var ids = Json.createArrayBuilder();
        Arrays.stream(members).forEach(member -> ids.add(member.id()));
        var body =
                Json.createObjectBuilder().add("name", room).add("kind", kind).add("members", ids);
        does(who, "POST", "rooms", body.build().toString());
    }

    void says(Someone who, String room, String text) {
        List<String> headers = new ArrayList<>(List.of(who.at(node())));
        headers.addAll(List.of("Idempotency-Key", UUID.randomUUID().toString()));
        String body = Json.createObjectBuilder().add("message", text).build().toString();
        String path = "api/v1/rooms/" + ChatClient.encode(room) + "/messages";
        assertThat(node().post(path, body, headers.toArray(String[]::new)).statusCode())
                .isEqualTo(201);
    }

    String talks(Someone who, Someone with) {
        String body = does(who, "POST", "direct", "{\"person\": \"" + with.id() + "\"}");
        return Json.createReader(new StringReader(body)).readObject().getString("name");
    }

    static Locator inList(Page page, String name) {
        return page.locator(".room-link").filter(new Locator.FilterOptions().setHas(page.getByText(name)));
    }

    static void write(Page page, String text) {
        page.fill("#chat-message-input", text);
        page.keyboard().press("Enter");
    }

    static Locator button(Page page, String name) {
        return page.locator("button:visible").filter(new Locator.FilterOptions().setHasText(name));
    }
}
