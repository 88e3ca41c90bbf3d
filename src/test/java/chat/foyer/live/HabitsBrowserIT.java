package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Look;
import chat.foyer.testing.People.Someone;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people bring along from other chats: being told, keys, links, names that complete themselves, drafts. */
class HabitsBrowserIT extends MembersInBrowser {

    /** In place of the desktop: what would be shown there stands in {@code shown}. */
    private static final String DESKTOP = """
            window.shown = [];
            window.Notification = class extends EventTarget {
              static permission = sessionStorage.getItem('permission') ?? 'default';
              static async requestPermission() {
                sessionStorage.setItem('permission', 'granted');
                return Notification.permission = 'granted';
              }
              constructor(title, { body }) { super(); window.shown.push(`${title}: ${body}`); window.latest = this; }
              close() {}
            };
            """;

    private void chooses(Page page, String level) {
        page.click("#bell");
        page.waitForResponse(
                answer -> answer.url().endsWith("/notifications"),
                () -> page.click("#notifications [value=" + level + "]"));
        page.keyboard().press("Escape");
    }

    private static Locator icon(Page page) {
        return page.locator("link[rel=icon]");
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
        assertThat(icon(tab)).hasAttribute("href", Pattern.compile("^data:image/svg"));

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
        assertThat(tab).hasTitle(Pattern.compile("^#.*"));
        assertThat(icon(tab)).hasAttribute("href", Pattern.compile("/favicon\\.svg$"));
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
        // by the stream of her rooms, which may open later than the room
        assertThat(inList(page, room)).hasAccessibleName(Pattern.compile(".*, 1 unread$"));
        says(bo, room, "look here, @" + ana.handle());
        page.waitForFunction("() => shown.length > 0");
        assertThat(page.evaluate("shown.join()"))
                .isEqualTo(bo.name() + " in #" + room + ": look here, @" + ana.handle());
        page.evaluate("void latest.dispatchEvent(new Event('click'))");
        page.waitForURL(node().page("chat/" + room + "/").toString());
        awaitLive(page);
        says(bo, room, "while she looks, @" + ana.handle());
        assertThat(page.locator("#rows")).containsText("while she looks");
        String direct = talks(bo, ana);
        says(bo, direct, "in private"); // comes later in the same stream, or in the first list of this page
        page.waitForFunction("() => shown.length > 0");
        assertThat(page.evaluate("shown.join()")).isEqualTo(bo.name() + ": in private");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_is_said_while_the_next_page_loads_is_shown_too() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        String direct = talks(bo, ana);
        says(bo, direct, "before");
        Page page = pageOf(ana);
        page.addInitScript(DESKTOP);
        enter(page, room);
        page.click("#bell");
        page.locator(".desktop button").click();
        page.keyboard().press("Escape");
        says(bo, direct, "nobody asks when it comes"); // nor is what was there at the first list shown
        assertThat(inList(page, bo.name())).hasAccessibleName(Pattern.compile(".*, 2 unread$"));
        page.navigate(node().page("chat/lobby/?view=plain").toString()); // tells of nothing
        says(bo, direct, "meanwhile");
        enter(page, room);
        page.waitForFunction("() => shown.length > 0");
        assertThat(page.evaluate("shown.join()")).isEqualTo(bo.name() + ": meanwhile");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void where_the_browser_only_claims_that_it_can_show_something_the_bell_says_so() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(ana);
        page.addInitScript(DESKTOP.replace("super();", "throw new TypeError('Illegal constructor');"));
        enter(page, newRoom());
        page.click("#bell");
        page.locator(".desktop button").click();
        page.keyboard().press("Escape");
        says(bo, room, "nobody asks for her");
        assertThat(inList(page, room)).hasAccessibleName(Pattern.compile(".*, 1 unread$"));
        says(bo, room, "look here, @" + ana.handle());
        page.waitForFunction("() => localStorage.getItem('foyer::desktop') === 'impossible'");
        page.click("#bell");
        assertThat(page.locator(".desktop p")).hasText("Your browser cannot show notifications.");
        assertThat(page.locator(".desktop button")).isHidden();
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

    private static Locator switcher(Page page) {
        return page.locator("#switcher");
    }

    @Test
    void a_few_letters_lead_to_rooms_people_and_what_can_be_done() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(ana);
        enter(page, "lobby");
        says(bo, room, "hello");
        assertThat(inList(page, room)).hasClass(Pattern.compile("\\bunread\\b"));
        page.keyboard().press("Control+k");
        assertThat(switcher(page).locator("input")).isFocused();
        assertThat(switcher(page).locator("[aria-selected=true]")).containsText(room);
        page.keyboard().press("Enter");
        page.waitForURL(node().page("chat/" + room + "/").toString());
        awaitLive(page);

        page.keyboard().press("Control+k");
        page.waitForResponse(
                answer -> answer.url().contains("/people?"), // finds nobody, and leaves the mark where it is
                () -> {
                    page.keyboard().type("theme");
                    assertThat(switcher(page).locator("[role=option]")).hasCount(2); // and a room of this name
                    page.keyboard().press("ArrowUp");
                });
        page.keyboard().press("Enter");
        assertThat(page.locator("#theme-toggle")).hasAttribute("aria-pressed", "true");
        assertThat(switcher(page)).isHidden();

        page.keyboard().press("Control+k");
        page.keyboard().type(bo.handle());
        Locator person =
                switcher(page).locator("[role=option]", new Locator.LocatorOptions().setHasText("@" + bo.handle()));
        assertThat(person).isVisible();
        person.click();
        assertThat(page.locator("#room-title")).hasText(bo.name());
        awaitLive(page);

        String fresh = newRoom();
        page.keyboard().press("Control+k");
        page.keyboard().type(fresh);
        page.keyboard().press("Enter");
        page.waitForURL(node().page("chat/" + fresh + "/").toString());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void alt_and_the_arrows_go_from_room_to_room_and_with_shift_to_unread_ones() {
        String first = "a-" + newRoom();
        String second = "b-" + newRoom();
        String third = "c-" + newRoom();
        for (String room : new String[] {first, second, third}) {
            makes(ana, room, "closed", bo);
        }
        Page page = pageOf(ana);
        enter(page, first);
        page.keyboard().press("Alt+ArrowDown");
        page.waitForURL(node().page("chat/" + second + "/").toString());
        awaitLive(page);
        page.keyboard().press("Alt+ArrowUp");
        page.waitForURL(node().page("chat/" + first + "/").toString());
        awaitLive(page);
        says(bo, third, "unread");
        assertThat(inList(page, third)).hasClass(Pattern.compile("\\bunread\\b"));
        page.keyboard().press("Alt+Shift+ArrowDown");
        page.waitForURL(node().page("chat/" + third + "/").toString());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void f6_goes_around_the_parts_of_the_page_and_letters_can_be_switched_off() {
        Page page = pageOf(ana);
        enter(page, newRoom());
        write(page, "a message");
        assertThat(page.locator(".msg[data-id]")).hasCount(1);
        for (String part : new String[] {"#people", ".side", "#log", "#composer"}) {
            page.keyboard().press("F6");
            assertThat(page.locator(part + ":focus-within")).hasCount(1);
        }
        page.keyboard().press("Shift+F6");
        assertThat(page.locator(".msg")).isFocused();
        page.keyboard().press("?");
        Locator help = page.locator("#help");
        assertThat(help).isVisible();
        assertThat(help).containsText("next part of the page");
        help.getByLabel("single letter").uncheck();
        page.keyboard().press("Enter"); // sends nothing
        assertThat(help).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(help).isHidden();
        page.keyboard().press("Control+/");
        assertThat(help).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void letters_act_on_the_message_that_has_the_focus() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        says(bo, room, "one");
        says(bo, room, "two\nlines");
        says(bo, room, "three");
        Page page = pageOf(ana);
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        enter(page, room);
        Page tab = browser.newTab(page);
        enter(tab, newRoom());
        assertThat(inList(tab, room)).hasAccessibleName(Pattern.compile(".*, closed room$"));
        Locator second = page.locator(".msg", new Page.LocatorOptions().setHasText("two"))
                .first();
        second.focus();
        page.keyboard().press("c");
        assertThat(page.locator("#announcer")).containsText("is copied");
        assertThat(page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo(node().page("chat/" + room + "/?message=" + second.getAttribute("data-id"))
                        .toString());
        page.keyboard().press("u");
        assertThat(inList(tab, room)).hasAccessibleName(Pattern.compile(".*, closed room, 2 unread"));
        assertThat(page.locator(".divider ~ .msg .body").first()).hasText("two\nlines");
        page.keyboard().press("r");
        assertThat(page.locator("#chat-message-input")).isFocused();
        assertThat(page.locator("#chat-message-input")).hasValue("> two\n> lines\n\n@" + bo.handle() + " ");
        page.keyboard().type("yes");
        page.keyboard().press("Enter");
        assertThat(page.locator(".msg").last()).containsText("yes");
        second.hover();
        second.locator("[data-do=quote]").click();
        assertThat(page.locator("#chat-message-input")).hasValue("> two\n> lines\n\n@" + bo.handle() + " ");
        assertThat(second.locator("[data-do=edit]")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void names_of_people_and_rooms_complete_themselves() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(ana);
        enter(page, room);
        Locator input = page.locator("#chat-message-input");
        Locator offered = page.locator("#suggestions:not([hidden]) [role=option]");
        input.pressSequentially("hello @" + bo.handle().substring(0, 5));
        assertThat(offered).hasCount(1);
        assertThat(input).hasAttribute("aria-activedescendant", "suggestions-0");
        page.keyboard().press("Enter");
        assertThat(input).hasValue("hello @" + bo.handle() + " ");
        assertThat(offered).hasCount(0);
        input.pressSequentially("and @roo");
        assertThat(offered).hasCount(1);
        assertThat(input).hasAttribute("aria-activedescendant", "suggestions-0");
        page.keyboard().press("Tab");
        assertThat(input).hasValue("hello @" + bo.handle() + " and @room ");
        assertThat(input).isFocused();
        input.pressSequentially("in #" + room.substring(0, 10));
        assertThat(offered).hasText(new String[] {room});
        page.keyboard().press("Escape");
        assertThat(offered).hasCount(0);
        assertThat(input).hasValue("hello @" + bo.handle() + " and @room in #" + room.substring(0, 10));
        page.keyboard().press("Enter");
        assertThat(page.locator(".msg .body").last()).containsText("and @room in #");
        Someone outside = people.member("Cy");
        input.pressSequentially("@" + outside.handle());
        assertThat(page.locator("#suggestions")).isHidden(); // nobody is mentioned who cannot read it
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void who_types_on_takes_nobody_who_was_offered_before() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(ana);
        enter(page, room);
        Locator input = page.locator("#chat-message-input");
        String begun = "@" + bo.handle().substring(0, 1);
        input.pressSequentially(begun);
        assertThat(input).hasAttribute("aria-activedescendant", "suggestions-0");
        page.route(Pattern.compile(".*/mentionable.*"), route -> {}); // answers no more
        input.pressSequentially("xyz");
        page.keyboard().press("Enter");
        assertThat(page.locator(".msg .body").last()).hasText(begun + "xyz");
        assertThat(page.locator("#suggestions")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_is_not_sent_stays_in_its_room_until_it_is() {
        String room = newRoom();
        makes(ana, room, "closed");
        Page page = pageOf(ana);
        enter(page, room);
        Locator input = page.locator("#chat-message-input");
        input.pressSequentially("half a thou");
        enter(page, newRoom());
        assertThat(input).hasValue("");
        enter(page, room);
        assertThat(input).hasValue("half a thou");
        page.keyboard().press("Enter");
        assertThat(page.locator(".msg .body").last()).hasText("half a thou");
        page.reload();
        awaitLive(page);
        assertThat(input).hasValue("");
        input.pressSequentially("for nobody else");
        page.waitForFunction("() => Object.keys(localStorage).some((key) => key.startsWith('foyer::text:'))");
        page.onceDialog(Dialog::accept); // that asks whether it may be lost
        page.locator(".sign-out button").click();
        page.waitForURL(node().page("sign-in").toString());
        page.context()
                .addCookies(List.of(new Cookie(
                                "foyer_session", people.signedIn(ana.handle()).session())
                        .setUrl(node().origin())));
        enter(page, room);
        assertThat(input).hasValue("");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void enter_and_shift_enter_change_places_where_somebody_wants_it() {
        Page page = pageOf(ana);
        enter(page, newRoom());
        page.getByText("All keys").click();
        page.locator("#help [name=enter]").check();
        page.keyboard().press("Escape");
        assertThat(page.locator(".foot .hint")).containsText("Shift+Enter sends");
        page.locator("#chat-message-input").pressSequentially("one");
        page.keyboard().press("Enter");
        page.keyboard().type("two");
        page.keyboard().press("Shift+Enter");
        assertThat(page.locator(".msg .body").last()).hasText("one\ntwo");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_habits_look_well_everywhere() {
        String room = "release " + UUID.randomUUID().toString().substring(0, 8);
        makes(ana, room, "closed", bo);
        says(bo, room, "The flaky one was RelayIT.\nI have fixed it.");
        says(ana, room, "Then I merge.");
        for (Look look : Look.EVERYWHERE) {
            Page page = browser.newPerson(look.window());
            page.context().addCookies(List.of(new Cookie("foyer_session", ana.session()).setUrl(node().origin())));
            enter(page, room);
            page.locator(".msg").last().hover();
            look.at(page, "tools");
            page.click("#bell");
            look.at(page, "bell");
            page.keyboard().press("Escape");
            page.keyboard().press("Control+k");
            page.keyboard().type("bo");
            assertThat(switcher(page)
                            .locator("[role=option]", new Locator.LocatorOptions().setHasText("@"))
                            .first())
                    .isVisible();
            look.at(page, "switcher");
            page.keyboard().press("Escape");
            page.keyboard().press("Control+/");
            assertThat(page.locator("#help")).isVisible();
            look.at(page, "help");
            page.keyboard().press("Escape");
            page.locator("#chat-message-input").pressSequentially("@");
            assertThat(page.locator("#suggestions [role=option]").first()).isVisible();
            look.at(page, "suggestions");
            page.context().close();
        }
        assertThat(browser.complaints()).isEmpty();
    }
}
