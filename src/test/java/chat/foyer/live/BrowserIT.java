package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Browser;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.CuttableProxy;
import chat.foyer.testing.Look;
import chat.foyer.testing.Node;
import chat.foyer.testing.SharedServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser: the two scenarios of the tutorial on both views, and what the rich view adds. */
class BrowserIT extends SharedServer {
    private static final String PLAIN = "?view=plain";
    private static final String RICH = "";
    private static final String OPENED = """
            window.WebSocket = class extends WebSocket {
              constructor(...how) { super(...how); this.addEventListener('open', () => { window.opened = true; }); }
            };
            """;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /** As the tutorial's test does: type the name where the focus is, and press Enter. */
    private void enterChatRoom(Page page, String room, String view) {
        page.navigate(node().page("chat/").toString());
        page.keyboard().type(room);
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/chat/" + room + "/"));
        if (!view.isEmpty()) {
            enterPlain(page, page.url() + view);
        }
    }

    /** Enters and waits for the socket, since the plain wire tells nothing of what was said before. */
    private static void enterPlain(Page page, String address) {
        page.addInitScript(OPENED);
        page.navigate(address);
        page.waitForFunction("() => window.opened === true");
    }

    private static void postMessage(Page page, String message) {
        page.keyboard().type(message);
        page.keyboard().press("Enter");
    }

    /** Presses the button of the banner, unless the page has come back by itself meanwhile. */
    private static void retryNow(Page page) {
        page.evaluate("document.querySelector('#banner button')?.click()");
    }

    private static void waitForLog(Page page, String text) {
        page.waitForFunction("text => document.querySelector('#chat-log').value.includes(text)", text);
    }

    private static String log(Page page) {
        return (String) page.evaluate("document.querySelector('#chat-log').value");
    }

    private static String newRoom() {
        return "room_" + UUID.randomUUID().toString().replace("-", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, RICH})
    void when_a_message_is_posted_everyone_in_the_same_room_sees_it(String view) {
        String room = newRoom();
        Page first = browser.newPerson();
        enterChatRoom(first, room, view);
        Page second = browser.newTab(first);
        enterChatRoom(second, room, view);
        assertThat(log(first)).isEmpty();

        first.bringToFront();
        postMessage(first, "hello");
        waitForLog(first, "hello");
        second.bringToFront();
        waitForLog(second, "hello");
        assertThat(log(first)).isEqualTo("hello\n");
        assertThat(log(second)).isEqualTo("hello\n");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, RICH})
    void when_a_message_is_posted_nobody_in_another_room_sees_it(String view) {
        Page first = browser.newPerson();
        enterChatRoom(first, newRoom(), view);
        Page second = browser.newTab(first);
        enterChatRoom(second, newRoom(), view);

        first.bringToFront();
        postMessage(first, "hello");
        waitForLog(first, "hello");
        second.bringToFront();
        postMessage(second, "world");
        waitForLog(second, "world");
        assertThat(log(second)).isEqualTo("world\n");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, RICH})
    void the_button_sends_and_the_field_is_cleared(String view) {
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + newRoom() + "/" + view).toString());
        assertThat(page.locator("#chat-message-input")).isFocused();
        page.locator("#chat-message-input").fill("by button");
        page.locator("#chat-message-submit").click();
        waitForLog(page, "by button\n");
        assertThat(page.locator("#chat-message-input")).hasValue("");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, RICH})
    void a_hostile_room_name_and_hostile_text_do_nothing(String view) {
        String room = "<!--<script>\"'&" + newRoom();
        Page page = browser.newPerson();
        page.onDialog(dialog -> {
            throw new AssertionError("a dialog opened: " + dialog.message());
        });
        page.navigate(
                node().page("chat/" + ChatClient.encode(room) + "/" + view).toString());
        assertThat((String) page.evaluate("JSON.parse(document.getElementById('room-name').textContent)"))
                .isEqualTo(room);
        String text = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        postMessage(page, text);
        waitForLog(page, text);
        assertThat(page.locator("img[src=x]")).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_plain_client_and_both_views_talk_to_each_other() {
        String room = newRoom();
        Page rich = browser.newPerson();
        rich.navigate(node().page("chat/" + room + "/").toString());
        Page plain = browser.newPerson();
        enterPlain(plain, node().page("chat/" + room + "/" + PLAIN).toString());
        try (ChatClient program = ChatClient.plain(node(), room)) {
            postMessage(rich, "from the rich view");
            program.hears("from the rich view");
            waitForLog(plain, "from the rich view\n");
            program.says("from a program");
            waitForLog(rich, "from a program\n");
            assertThat(rich.getByRole(AriaRole.LOG)).containsText("from a program");
        }
    }

    @Test
    void shift_enter_is_a_new_line_and_text_keeps_its_lines() {
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + newRoom() + "/").toString());
        page.keyboard().type("one");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("two");
        page.keyboard().press("Enter");
        waitForLog(page, "one\ntwo\n");
    }

    @Test
    void an_empty_lobby_answer_stays_and_says_so() {
        Page page = browser.newPerson();
        page.navigate(node().page("chat/").toString());
        assertThat(page).hasTitle("Chat Rooms");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(node().page("chat/").toString());
        assertThat(page.locator("#room-name-input")).isFocused();
    }

    @Test
    void words_typed_before_the_socket_is_open_are_sent_when_it_is() {
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + newRoom() + "/").toString());
        for (int i = 0; i < 5; i++) {
            postMessage(page, "early " + i);
        }
        waitForLog(page, "early 0\nearly 1\nearly 2\nearly 3\nearly 4\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/", "chat/%20/"}) // a room is looked at below
    void axe_finds_nothing_serious(String path) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browser.newPerson(new com.microsoft.playwright.Browser.NewContextOptions()
                    .setColorScheme(scheme)
                    .setBypassCSP(true)); // axe injects its script
            page.navigate(node().page(path).toString());
            Look.assertAccessible(page, path + " in " + scheme);
        }
    }

    @Test
    void both_views_fit_phone_and_desktop_in_light_and_dark() {
        String room = newRoom();
        for (Look look : Look.EVERYWHERE) {
            for (String view : List.of(RICH, PLAIN)) {
                Page page = browser.newPerson(look.window());
                page.navigate(node().page("chat/" + room + "/" + view).toString());
                postMessage(page, "Build is green. " + "https://ci.example/".repeat(8));
                waitForLog(page, "Build is green");
                if (view.equals(RICH)) {
                    look.at(page, "rich");
                } else { // the tutorial's textarea of 100 columns is as wide as it is
                    Look.picture(page, look.name("plain"));
                }
                page.context().close();
            }
        }
    }

    @Test
    void a_cut_connection_is_shown_and_what_was_written_meanwhile_is_sent_when_it_is_back() throws Exception {
        String room = newRoom();
        try (CuttableProxy network = CuttableProxy.to(node().root().getPort())) {
            Node behind = Node.at(URI.create("http://localhost:" + network.port() + "/"));
            Page page = browser.newPerson();
            page.navigate(behind.page("chat/" + room + "/").toString());
            postMessage(page, "before");
            waitForLog(page, "before\n");
            network.cut();
            assertThat(page.locator("#banner"))
                    .containsText("Reconnecting", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
            Look.picture(page, "rich-reconnecting");
            postMessage(page, "written meanwhile");
            network.mend();
            retryNow(page);
            waitForLog(page, "written meanwhile\n");
            assertThat(page.locator("#banner")).isEmpty();
            assertThat(log(page)).isEqualTo("before\nwritten meanwhile\n");
        }
    }

    @Test
    void a_page_that_is_opened_again_shows_the_history_and_an_empty_transcript() {
        String room = newRoom();
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + room + "/").toString());
        postMessage(page, "kept <b>for</b> later");
        waitForLog(page, "kept <b>for</b> later\n");
        page.reload();
        assertThat(page.getByRole(AriaRole.LOG)).containsText("kept <b>for</b> later");
        assertThat(log(page)).isEmpty();
        assertThat(page.locator("#chat-message-input")).isFocused();
        postMessage(page, "and on");
        waitForLog(page, "and on\n");
        assertThat(log(page)).isEqualTo("and on\n");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_page_that_is_one_too_many_says_so() {
        Page page = browser.newPerson();
        page.navigate(node().page("chat/").toString());
        String cookie = page.context().cookies().stream()
                .filter(found -> found.name.equals("foyer_guest"))
                .map(found -> found.name + "=" + found.value)
                .findFirst()
                .orElseThrow();
        List<ChatClient> tabs = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                tabs.add(ChatClient.plain(node(), newRoom(), "Cookie", cookie, "Origin", node().origin()));
            }
            page.navigate(node().page("chat/" + newRoom() + "/").toString());
            assertThat(page.locator("#banner"))
                    .containsText(
                            "At most 50 connections", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
        } finally {
            tabs.forEach(ChatClient::close);
        }
        page.waitForCondition(
                () -> { // however long a pause it has come to
                    retryNow(page);
                    return page.locator("#banner p").count() == 0;
                });
    }

    @Test
    void the_panel_shows_who_is_here_and_who_is_away() {
        String room = newRoom();
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + room + "/").toString());
        Locator people = page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("People 1"));
        assertThat(people.getByRole(AriaRole.LISTITEM)).hasCount(1);
        assertThat(people).containsText("(you)");
        try (ChatClient other = ChatClient.rich(node(), room)) {
            String name = other.nextEvent().getJsonObject("you").getString("name");
            assertThat(page.locator("#people")).containsText(name);
            assertThat(page.locator("#people-toggle")).hasAccessibleName("People, 2 here");
            other.asks("away.start");
            Locator row = page.locator(".person", new Page.LocatorOptions().setHasText(name));
            assertThat(row).containsText("away");
            other.asks("away.end");
            assertThat(row).not().containsText("away");
        }
        assertThat(page.locator("#people-toggle")).hasAccessibleName("People, 1 here");
        assertThat(page.locator(".person")).hasCount(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_panel_is_closed_and_stays_closed_and_slides_over_where_there_is_little_space() {
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + newRoom() + "/").toString());
        Locator people = page.locator("#people");
        Locator toggle = page.locator("#people-toggle");
        assertThat(people).isVisible();
        toggle.click();
        assertThat(people).isHidden();
        assertThat(toggle).hasAttribute("aria-expanded", "false");
        page.reload();
        assertThat(toggle).hasAccessibleName("People, 1 here");
        assertThat(people).isHidden();
        toggle.click();
        assertThat(people).isVisible();
        page.setViewportSize(390, 800);
        assertThat(people).isHidden();
        toggle.press("Enter");
        assertThat(page.locator("#people-title")).isFocused();
        page.keyboard().press("Escape");
        assertThat(people).isHidden();
        assertThat(toggle).isFocused();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void who_is_typing_is_shown_until_they_have_said_it() {
        String room = newRoom();
        Page ana = browser.newPerson();
        ana.navigate(node().page("chat/" + room + "/").toString());
        Page bo = browser.newPerson();
        bo.navigate(node().page("chat/" + room + "/").toString());
        assertThat(ana.locator("#people-toggle")).hasAccessibleName("People, 2 here");
        assertThat(bo.locator("#connection")).hasAttribute("data-state", "live");
        bo.locator("#chat-message-input").pressSequentially("on my way");
        assertThat(ana.locator("#typing")).containsText("is typing…");
        assertThat(bo.locator("#typing")).hasText("");
        bo.keyboard().press("Enter");
        waitForLog(ana, "on my way\n");
        assertThat(ana.locator("#typing")).hasText("");
        try (ChatClient first = ChatClient.rich(node(), room);
                ChatClient second = ChatClient.rich(node(), room);
                ChatClient third = ChatClient.rich(node(), room)) {
            first.asks("typing.start");
            second.asks("typing.start");
            assertThat(ana.locator("#typing")).containsText(" and ");
            third.asks("typing.start");
            assertThat(ana.locator("#typing")).hasText("Several people are typing…");
        }
        assertThat(ana.locator("#typing"))
                .hasText(
                        "",
                        new LocatorAssertions.HasTextOptions().setTimeout(15_000)); // by itself, or with those who left
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_page_that_nobody_touches_for_five_minutes_is_away_until_somebody_does() {
        String room = newRoom();
        Page page = browser.newPerson();
        page.clock().install();
        page.navigate(node().page("chat/" + room + "/").toString());
        assertThat(page.locator(".person")).hasCount(1);
        assertThat(page.locator(".person.away")).hasCount(0);
        page.clock().fastForward("05:01");
        assertThat(page.locator(".person.away")).hasCount(1);
        page.keyboard().press("Shift");
        assertThat(page.locator(".person.away")).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_company_looks_well_everywhere() {
        String room = newRoom();
        try (ChatClient first = ChatClient.rich(node(), room);
                ChatClient second = ChatClient.rich(node(), room);
                ChatClient third = ChatClient.rich(node(), room);
                ChatClient program = ChatClient.plain(node(), room)) {
            second.asks("away.start");
            first.says("Build is green again. The flaky one was RelayIT.");
            program.says("Then I merge.");
            for (Look look : Look.EVERYWHERE) {
                Page page = browser.newPerson(look.window());
                page.navigate(node().page("chat/" + room + "/").toString());
                assertThat(page.locator("#people-toggle span")).not().isEmpty();
                if (look.width() < 1100) {
                    look.at(page, "company-closed");
                    page.locator("#people-toggle").click();
                }
                first.asks("typing.start");
                third.asks("typing.start");
                assertThat(page.locator("#people")).containsText("(you)");
                look.at(page, "company");
                page.context().close();
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void older_messages_come_when_one_scrolls_up() {
        String room = newRoom();
        try (ChatClient speaker = ChatClient.plain(node(), room)) {
            for (int i = 1; i <= 120; i++) {
                speaker.says("line " + i + ".");
            }
            speaker.hears(120);
        }
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + room + "/").toString());
        Locator log = page.getByRole(AriaRole.LOG);
        assertThat(log).containsText("line 120.");
        assertThat(log.getByText("line 1.", new Locator.GetByTextOptions().setExact(true)))
                .hasCount(0);
        log.hover();
        page.waitForCondition(() -> {
            page.mouse().wheel(0, -2_000);
            return log.innerText().contains("line 1.");
        });
        assertThat(log).containsText("This is the beginning of");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void my_message_is_edited_from_the_empty_composer_and_others_see_it() {
        String room = newRoom();
        Page page = browser.newPerson();
        page.navigate(node().page("chat/" + room + "/").toString());
        postMessage(page, "teh build");
        waitForLog(page, "teh build\n");
        try (ChatClient other = ChatClient.rich(node(), room)) {
            other.nextEvent();
            page.keyboard().press("ArrowUp");
            page.keyboard().press("Control+A");
            page.keyboard().type("the build");
            page.keyboard().press("Enter");
            assertThat(other.nextEvent().getString("body")).isEqualTo("the build");
            assertThat(page.getByRole(AriaRole.LOG)).containsText("the build");
            assertThat(page.getByRole(AriaRole.LOG)).not().containsText("teh build");
        }
        assertThat(browser.complaints()).isEmpty();
    }
}
