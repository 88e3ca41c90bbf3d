package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Browser;
import chat.foyer.testing.Look;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From the first run to the day on which somebody leaves, in a real browser, without scripts as far as that goes; then how it looks. */
@TestMethodOrder(MethodOrderer.MethodName.class) // the pictures are of people who came in before
class AccountWalkIT {
    private static final String OTHER_PASSWORD = "another long password";

    private static ServerProcess server;
    private static Browser browser;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(
                Kind.current(), Map.of("foyer.setup-token", People.SETUP_TOKEN, "foyer.limits.sign-in", "off"));
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        server.close();
    }

    private static Node node() {
        return server.node();
    }

    private static Page withoutScripts() {
        return browser.newPerson(new NewContextOptions().setJavaScriptEnabled(false));
    }

    private static void open(Page page, String path) {
        page.navigate(node().page(path).toString());
    }

    private static void submit(Page page, String button) {
        page.click("button:text-is('" + button + "')");
    }

    private static void signIn(Page page, String handle, String password) {
        page.fill("#username", handle);
        page.fill("#password", password);
        submit(page, "Sign in");
    }

    /** The link that was just made, at this node: nobody told the server where it is reached. */
    private static String link(Page page) {
        return page.inputValue("#shown").replaceFirst("^http://[^/]+/", "");
    }

    private static void join(Page page, String link, String name, String handle) {
        open(page, link);
        page.fill("#name", name);
        page.fill("#handle", handle);
        page.fill("#password", PASSWORD);
        submit(page, "Make my account");
        assertThat(page.locator(".self")).containsText(name);
    }

    private static void act(Page boss, String handle, String button) {
        open(boss, "admin/people?query=" + handle);
        boss.click("summary:has-text('" + handle + "')");
        submit(boss, button);
    }

    @Test
    void a_first_run_in_russian() { // that is not finished: the walk does it
        for (Look look : Look.WIDE_AND_NARROW) {
            Page page = browser.newPerson(look.window().setLocale("ru-RU"));
            open(page, "setup?token=" + People.SETUP_TOKEN);
            assertThat(page.locator("h1")).hasText("Настройка Foyer");
            assertThat(page.locator("#language")).hasValue("ru");
            look.at(page, "russian-setup");
            page.context().close();
        }
    }

    @Test
    void a_walk_without_scripts() {
        Page boss = withoutScripts();
        open(boss, "setup?token=" + People.SETUP_TOKEN);
        boss.fill("#name", "Tess Boss");
        boss.fill("#handle", "tess");
        boss.fill("#password", PASSWORD);
        boss.fill("#site", "Acme");
        submit(boss, "Open Foyer");
        boss.click("text=Your account");
        boss.click(".ways a:text-is('People')");
        boss.fill("#note", "Ana from sales");
        submit(boss, "Make a link");

        Page ana = withoutScripts();
        join(ana, link(boss), "Ana Petrova", "ana");
        submit(ana, "Sign out");
        open(ana, "account");
        signIn(ana, "ana", PASSWORD); // and is led back
        ana.fill("#current", PASSWORD);
        ana.fill("#new", OTHER_PASSWORD);
        submit(ana, "Change password");
        assertThat(ana.locator(".news[role=status]"))
                .hasText("Your password is changed. Everywhere else you are signed out.");
        ana.fill("#name", "Ana P.");
        ana.waitForLoadState(); // Playwright does not come back from a list whose end is still on its way
        ana.selectOption("#zone", "Europe/Sofia");
        submit(ana, "Save");
        assertThat(ana.locator("#zone")).hasValue("Europe/Sofia");

        act(boss, "ana", "Link to a new password");
        open(ana, link(boss));
        ana.fill("#password", PASSWORD);
        submit(ana, "Save and sign in");
        assertThat(ana.locator(".self")).containsText("Ana P.");

        act(boss, "ana", "Disable");
        assertThat(boss.locator(".news[role=status]")).hasText("Ana P. is disabled and signed out everywhere.");
        open(ana, "account");
        signIn(ana, "ana", PASSWORD);
        assertThat(ana.locator(".form > .problem")).isVisible();
        act(boss, "ana", "Enable");
        signIn(ana, "ana", PASSWORD);
        assertThat(ana.locator("h1")).hasText("Your account");
    }

    @Test
    void disabling_somebody_cuts_their_open_room_and_their_program() {
        Page ana = browser.newPerson();
        ana.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        open(ana, "account");
        signIn(ana, "ana", PASSWORD);
        ana.fill("#label", "Builds");
        submit(ana, "Make a token");
        ana.click("#copy");
        assertThat(ana.locator("#copy")).hasText("Copied");
        String token = (String) ana.evaluate("navigator.clipboard.readText()");
        open(ana, "chat/works/");
        assertThat(ana.locator("#connection")).hasAttribute("data-state", "live");
        assertThat(said(token, "The build is done").statusCode()).isEqualTo(201);
        assertThat(ana.locator("#rows")).containsText("The build is done");

        Page boss = withoutScripts();
        open(boss, "admin/people");
        signIn(boss, "tess", PASSWORD);
        act(boss, "ana", "Disable");
        assertThat(ana.locator("#connection")).hasAttribute("data-state", "closed");
        assertThat(ana.locator("#banner")).containsText("You have been signed out.");
        Look.picture(ana, "disabled");
        assertThat(said(token, "Nobody hears this").statusCode()).isEqualTo(401);
        ana.click("#banner button");
        assertThat(ana.locator("h1")).hasText("Sign in to Acme");
    }

    @Test
    void closed_rooms_and_conversations_of_two() {
        Page boss = browser.newPerson();
        open(boss, "chat/"); // guests are not admitted
        signIn(boss, "tess", PASSWORD);
        Page ana = browser.newPerson();
        open(ana, "sign-in?next=/chat/works/");
        signIn(ana, "ana", PASSWORD);
        boss.waitForLoadState(); // so the scripts are there
        boss.click("#new-room");
        boss.fill("#new-room-name", "plans");
        boss.check("#new-room-dialog [value=closed]");
        boss.fill("#new-room-people", "ana");
        boss.click("#new-room-people-list [role=option]");
        submit(boss, "Make the room");
        ana.click(".room-link:has-text('plans')");
        assertThat(ana.locator("#room-title")).hasText("plans");
        say(ana, "Only the two of us read this");
        assertThat(boss.locator("#rows")).containsText("Only the two of us read this");
        Page stranger = browser.newPerson();
        open(stranger, "chat/plans/");
        assertThat(stranger.locator("h1")).hasText("Sign in to Acme");
        open(ana, "people");
        ana.click(".account:has-text('tess') button");
        assertThat(ana.locator("#room-title")).hasText("Tess Boss");
        say(ana, "And this, too");
        assertThat(boss.locator("#my-direct .badge")).hasText("1");
        Look.picture(boss, "closed-room");
        boss.click("#my-direct a");
        assertThat(boss.locator(".divider + .day + .msg .body")).hasText("And this, too");
        Look.picture(boss, "conversation");
    }

    private static void say(Page page, String text) {
        assertThat(page.locator("#connection")).hasAttribute("data-state", "live"); // so the scripts are there
        page.fill("#chat-message-input", text);
        page.keyboard().press("Enter");
    }

    private static HttpResponse<String> said(String token, String text) {
        return node().post(
                        "api/v1/rooms/works/messages",
                        "{\"message\": \"" + text + "\"}",
                        "Authorization",
                        "Bearer " + token,
                        "Idempotency-Key",
                        text.replace(' ', '-'));
    }

    @Test
    void how_it_looks_on_phone_and_desktop_in_light_and_dark() {
        Page guests = withoutScripts();
        Page boss = withoutScripts();
        open(boss, "admin/people");
        signIn(boss, "tess", PASSWORD);
        for (String each : List.of(
                "Bo Lindqvist:bo",
                "Chidi Anagonye:chidi",
                "東海林 さくら:sakura",
                "Wolfeschlegelsteinhausenbergerdorff the Elder of Long Names:wolfe.schlegelstein.hausenberg")) {
            boss.fill("#note", each.split(":")[0]);
            submit(boss, "Make a link");
            guests.context().clearCookies();
            join(guests, link(boss), each.split(":")[0], each.split(":")[1]);
        }
        act(boss, "bo", "Disable");
        act(boss, "chidi", "Make an administrator");
        open(boss, "admin/people");
        boss.fill("#note", "Dora, who begins in January");
        boss.check("#administrator");
        submit(boss, "Make a link");
        Look.EVERYWHERE.forEach(AccountWalkIT::pictures);
        assertThat(browser.complaints().stream().filter(complaint -> !complaint.matches("(?s).*status of 40[14].*")))
                .as("besides the sign-in and the stranger that were refused")
                .isEmpty();
    }

    @Test
    void russian_words_fit_on_phone_and_desktop() {
        Page boss = withoutScripts();
        open(boss, "account");
        signIn(boss, "tess", PASSWORD);
        boss.selectOption("#language", "ru");
        submit(boss, "Save");
        assertThat(boss.locator("h1")).hasText("Ваш аккаунт");
        for (Look look : Look.WIDE_AND_NARROW) {
            Page page = browser.newPerson(look.window().setLocale("ru-RU"));
            open(page, "sign-in");
            assertThat(page.locator("h1")).hasText("Вход на сайт «Acme»");
            look.at(page, "russian-sign-in");
            page.fill("#username", "tess");
            page.fill("#password", PASSWORD);
            submit(page, "Войти");
            open(page, "account");
            assertThat(page.locator("h1")).hasText("Ваш аккаунт");
            look.at(page, "russian-account");
            page.click(".ways a:text-is('Люди')");
            page.locator("summary").first().click();
            look.at(page, "russian-accounts");
            page.click(".ways a:text-is('Журнал аудита')");
            submit(page, "Проверить все записи");
            assertThat(page.locator(".news[role=status]")).hasText("Все записи такие, какими были сделаны.");
            look.at(page, "russian-audit");
            page.context().close();
        }
    }

    private static void pictures(Look look) {
        Page page = browser.newPerson(look.window());
        open(page, "account");
        signIn(page, "tess", PASSWORD);
        page.fill("#label", "Backup of " + look);
        page.selectOption("#scope", "READ");
        submit(page, "Make a token");
        assertThat(page.locator("#shown")).isVisible(); // on the next page
        look.at(page, "account");
        page.click(".ways a:text-is('People')");
        page.click("summary:has-text('sakura')");
        look.at(page, "accounts");
        page.fill("#note", "Emil");
        submit(page, "Make a link");
        assertThat(page.locator("#shown")).isVisible();
        look.at(page, "link");
        page.click(".ways a:text-is('Audit log')");
        submit(page, "Check all entries");
        assertThat(page.locator(".news[role=status]")).not().isEmpty();
        look.at(page, "audit");
        page.context().close();
    }
}
