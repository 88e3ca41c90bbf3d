package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people bring along from other chats: being told, keys, links, names that complete themselves, drafts. */
class HabitsBrowserIT extends MembersInBrowser {

    /** In place of the desktop: what would be shown there stands in {@code shown}. */
    private static final String DESKTOP = """
            window.shown = [];
            window.Notification = class extends EventTarget {
              static permission = 'default';
              static async requestPermission() { return Notification.permission = 'granted'; }
              constructor(title, { body }) { super(); window.shown.push(`${title}: ${body}`); window.latest = this; }
              close() {}
            };
            """;

    private void chooses(Page page, String level) {
        page.click("#bell");
        page.waitForResponse(
                answer -> answer.url().endsWith("/notifications"),
                () -> page.check("#notifications [value=" + level + "]"));
        page.keyboard().press("Escape");
    }

    private static String icon(Page page) {
        return page.locator("link[rel=icon]").getAttribute("href");
    }

    @Test
    void what_i_want_to_be_told_of_a_room_decides_what_its_number_and_the_tab_say() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(ana);
        enter(page, room);
        chooses(page, "everything");
        Page tab = browser.newTab(page);
        enter(tab, newRoom());
        says(bo, room, "one");
        page.close();
        says(bo, room, "two");
        assertThat(tab).hasTitle(Pattern.compile("\\(\\d\\) #.*"));
        assertThat(icon(tab)).startsWith("data:image/svg");

        Page other = browser.newTab(tab);
        enter(other, room);
        assertThat(other.locator("#notifications [value=everything]")).isChecked();
        chooses(other, "nothing");
        assertThat(inList(tab, room)).hasAccessibleName(Pattern.compile(".*, closed room, muted$")); // and all is read
        other.close();
        says(bo, room, "three, @" + ana.handle());
        assertThat(inList(tab, room))
                .hasAccessibleName(Pattern.compile(".*, closed room, muted, 1 unread, 1 mention$"));
        assertThat(inList(tab, room)).not().hasClass(Pattern.compile("\\bunread\\b"));
        assertThat(inList(tab, room).locator(".loud")).hasCount(0);
        assertThat(tab).hasTitle(Pattern.compile("#.*"));
        assertThat(icon(tab)).endsWith("/favicon.svg");
        assertThat(node().get("chat/lobby/", ana.at(node())).body())
                .as("before any script runs")
                .contains("class=\"room-link muted\"", ", closed room, muted, 1 unread, 1 mention");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_desktop_shows_what_is_said_where_i_do_not_look_and_leads_there() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(ana);
        page.addInitScript(DESKTOP);
        enter(page, newRoom());
        page.click("#bell");
        assertThat(page.locator(".desktop p")).containsText("Your browser will ask");
        page.locator(".desktop button").click();
        assertThat(page.locator(".desktop button")).hasText("Show none");
        assertThat(page.evaluate("Notification.permission")).isEqualTo("granted");
        says(bo, room, "nobody asks for her");
        says(bo, room, "look here, @" + ana.handle());
        page.waitForFunction("() => shown.length > 0");
        assertThat(page.evaluate("shown.join()"))
                .isEqualTo(bo.name() + " in #" + room + ": look here, @" + ana.handle());
        page.evaluate("void latest.dispatchEvent(new Event('click'))");
        page.waitForURL(node().page("chat/" + room + "/").toString());
        awaitLive(page);
        page.evaluate("Notification.permission = 'granted'");
        says(bo, room, "while she looks, @" + ana.handle());
        assertThat(page.locator("#rows")).containsText("while she looks");
        String direct = talks(bo, ana);
        says(bo, direct, "in private"); // comes later in the same stream
        page.waitForFunction("() => shown.length > 0");
        assertThat(page.evaluate("shown.join()")).isEqualTo(bo.name() + ": in private");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void without_a_secure_connection_the_bell_says_why_nothing_is_shown() {
        Page page = pageOf(ana);
        page.addInitScript("Object.defineProperty(window, 'isSecureContext', { value: false })");
        enter(page, newRoom());
        page.click("#bell");
        assertThat(page.locator(".desktop p")).containsText("only for pages that came by https");
        assertThat(page.locator(".desktop button")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }
}
