package chat.foyer.account;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Browser;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in and out in a real browser, and what becomes of unsent words. */
class SignOutIT extends SharedServer {
    private static final String DRAFTS = "Object.keys(localStorage).filter(key => key.includes('outbox:')).length";

    private Browser browser;
    private People people;

    @BeforeEach
    void open() {
        people = People.of(node());
        browser = Browser.start();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private void signIn(Page page, Someone who, String room) {
        page.navigate(node().page("sign-in?next=/chat/" + room + "/").toString());
        page.fill("#username", who.handle());
        page.fill("#password", People.PASSWORD);
        page.click("button[type=submit]");
        page.waitForURL(node().page("chat/" + room + "/").toString());
        assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    }

    private static String newRoom() {
        return "room_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void writeWithoutConnection(Page page, String text) {
        page.routeWebSocket("**/ws/**", socket -> {}); // opens, and is silent for ever
        page.reload();
        page.fill("#chat-message-input", text);
        page.keyboard().press("Enter");
        page.waitForFunction("() => " + DRAFTS + " > 0");
    }

    @Test
    void somebody_signs_in_says_something_under_their_name_and_signs_out() {
        Someone ana = people.member("Ana");
        Page page = browser.newPerson();
        String room = newRoom();
        signIn(page, ana, room);
        assertThat(page.locator("#me")).containsText(ana.name());
        page.fill("#chat-message-input", "hello");
        page.keyboard().press("Enter");
        assertThat(page.locator("#rows")).containsText(ana.name());
        page.waitForFunction("() => " + DRAFTS + " === 0"); // or signing out would ask what to do about it
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/signed-in-room.png")));
        page.navigate(node().page("chat/").toString());
        assertThat(page.locator(".self")).containsText(ana.name());
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/signed-in-lobby.png")));
        page.click("form.sign-out button");
        page.waitForURL(node().page("sign-in").toString());
        page.navigate(node().page("chat/" + room + "/").toString());
        assertThat(page.locator("#me")).containsText("Guest");
        assertThat(page.locator("#me .sign-in")).isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/guest-room.png")));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void who_stays_is_there_again_when_the_browser_is_opened_again() {
        Someone ana = people.member("Ana");
        Page page = browser.newPerson();
        String room = newRoom();
        page.navigate(node().page("sign-in?next=/chat/" + room + "/").toString());
        page.fill("#username", ana.handle());
        page.fill("#password", People.PASSWORD);
        page.check("#stay");
        page.click("button[type=submit]");
        page.waitForURL(node().page("chat/" + room + "/").toString());
        for (int opened = 0; opened < 3; opened++) {
            page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("foyer_session"));
            page.reload();
            assertThat(page.locator("#me")).containsText(ana.name());
            assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
        }
        page.click("form.sign-out button");
        page.waitForURL(node().page("sign-in").toString());
        page.navigate(node().page("chat/" + room + "/").toString());
        assertThat(page.locator("#me")).containsText("Guest");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void who_signs_out_is_asked_and_takes_unsent_words_along() {
        Page page = browser.newPerson();
        signIn(page, people.member("Ana"), newRoom());
        writeWithoutConnection(page, "never to be seen by others");
        page.onceDialog(Dialog::dismiss);
        page.click("form.sign-out button");
        assertThat((Integer) page.evaluate(DRAFTS))
                .as("who changes their mind loses nothing")
                .isPositive();
        page.onDialog(Dialog::accept);
        page.click("form.sign-out button");
        page.waitForURL(node().page("sign-in").toString());
        assertThat(page.evaluate(DRAFTS)).isEqualTo(0);
    }

    @Test
    void unsent_words_of_a_session_that_was_ended_wait_for_their_author_and_nobody_else() {
        Someone ana = people.member("Ana");
        Someone bo = people.member("Bo");
        Page lost = browser.newPerson();
        String room = newRoom();
        signIn(lost, ana, room);
        writeWithoutConnection(lost, "by Ana");
        lost.context().clearCookies();
        Page page = browser.newTab(lost);
        lost.close();
        page.navigate(node().page("chat/" + room + "/").toString()); // as a guest, who says nothing of the kind
        assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
        assertThat(page.locator("#rows")).not().containsText("by Ana");
        assertThat((Integer) page.evaluate(DRAFTS)).as("Ana may come back").isPositive();
        signIn(page, bo, room);
        assertThat(page.locator("#rows")).not().containsText("by Ana");
        assertThat(page.evaluate(DRAFTS)).isEqualTo(0);
    }
}
