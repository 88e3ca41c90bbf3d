package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Browser;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Look;
import chat.foyer.testing.SharedServer;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses of single messages, and the room as browsers without scripts read it and write in it. */
class LinksBrowserIT extends SharedServer {
    private final String room = "room-" + UUID.randomUUID();
    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private String address() {
        return node().page("chat/" + room + "/").toString();
    }

    /** Says "line 1." and so on. */
    private void speak(int lines) {
        try (ChatClient speaker = ChatClient.plain(node(), room)) {
            for (int i = 1; i <= lines; i++) {
                speaker.says("line " + i + ".");
            }
            speaker.hears(lines);
        }
    }

    private static Locator line(Page page, int number) {
        return page.locator(".msg", new Page.LocatorOptions().setHasText(Pattern.compile("line " + number + "\\.")));
    }

    private static void awaitLive(Page page) {
        assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    }

    /** The id of a line far up: found as a reader would who scrolls there. */
    private String idOf(Page page, int number) {
        page.locator("#log").hover();
        page.waitForCondition(() -> {
            page.mouse().wheel(0, -2_000);
            return line(page, number).count() == 1;
        });
        return line(page, number).getAttribute("data-id");
    }

    @Test
    void the_address_of_a_message_shows_it_and_what_was_said_around_it() {
        speak(200);
        Page page = browser.newPerson();
        page.navigate(address());
        awaitLive(page);
        String id = idOf(page, 60);
        line(page, 60).locator(".side-time").click();
        assertThat(page).hasURL(address() + "?message=" + id);
        assertThat(line(page, 60)).isFocused();

        page.reload();
        awaitLive(page);
        assertThat(line(page, 60)).isFocused();
        assertThat(line(page, 60)).isInViewport();
        assertThat(line(page, 60)).hasClass(Pattern.compile("\\bwanted\\b"));
        assertThat(line(page, 200)).hasCount(0);
        try (ChatClient other = ChatClient.plain(node(), room)) {
            other.says("line 201.");
            other.hears("line 201.");
        }
        page.locator("#log").hover();
        page.waitForCondition(() -> {
            page.mouse().wheel(0, 2_000);
            return line(page, 201).count() == 1;
        });
        assertThat(page.locator(".msg")).hasCount(page.locator(".msg").count());
        assertThat(page.evaluate("""
                        [...document.querySelectorAll('.msg .body')].map((body) => parseInt(body.textContent.slice(5)))
                            .every((number, i, all) => i === 0 || number === all[i - 1] + 1)""")).as("no gap, nothing twice").isEqualTo(true);
        assertThat(page.locator("#jump")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void jump_to_the_latest_and_whatever_one_says_lead_back() {
        speak(150);
        Page page = browser.newPerson();
        page.navigate(address());
        awaitLive(page);
        String link = address() + "?message=" + idOf(page, 20);
        page.navigate(link);
        awaitLive(page);
        Locator jump = page.locator("#jump");
        assertThat(jump).hasText("Jump to the latest");
        Look.picture(page, "permalink");
        jump.click();
        assertThat(line(page, 150)).isInViewport();
        assertThat(line(page, 20)).hasCount(0);
        assertThat(jump).isHidden();

        page.navigate(link);
        awaitLive(page);
        page.locator("#chat-message-input").fill("line 151.");
        page.keyboard().press("Enter");
        assertThat(line(page, 151)).isInViewport();
        assertThat(line(page, 151).locator(".state")).hasCount(0);
        assertThat(line(page, 150)).hasCount(1);

        page.navigate(link);
        awaitLive(page);
        assertThat(line(page, 20)).isFocused();
        page.keyboard().press("End");
        assertThat(line(page, 151)).isInViewport();
        assertThat(line(page, 20)).hasCount(0);
        assertThat(page.locator("#log:focus-within")).hasCount(1);
        assertThat(browser.complaints()).isEmpty();
    }

    /** Has older (or newer) messages come until there are no more; tells how many rows there were and how far one moved. */
    private static final String READ_ON = """
            async (up) => {
              const log = document.getElementById('log');
              const all = () => [...document.querySelectorAll('.msg[data-id]')];
              const top = (row) => row.getBoundingClientRect().top;
              const done = () => (up ? !document.getElementById('beginning').hidden : document.getElementById('jump').hidden);
              const arrived = () => new Promise((resolve, reject) => {
                setTimeout(() => reject(new Error('No page came')), 20_000);
                new MutationObserver((changes, observer) => {
                  observer.disconnect();
                  resolve();
                }).observe(document.getElementById('rows'), { childList: true });
              });
              let mostRows = 0;
              let moved = 0;
              while (!done()) {
                const page = arrived();
                log.scrollTop = up ? 300 : log.scrollHeight - log.clientHeight - 300;
                const row = all().find((each) => top(each) > top(log));
                const before = top(row);
                await page;
                await new Promise(requestAnimationFrame); // by then the log has heard that it was scrolled
                moved = Math.max(moved, Math.abs(top(row) - before));
                mostRows = Math.max(mostRows, all().length);
              }
              const numbers = all().map(({ textContent }) => Number(/line (\\d+)/.exec(textContent)[1]));
              const whole = numbers.every((number, i) => i === 0 || number === numbers[i - 1] + 1);
              return [mostRows, moved, whole ? 1 : 0, numbers[0], numbers.at(-1)];
            }""";

    @Test
    void a_long_room_is_read_to_its_beginning_and_back_with_a_bounded_number_of_rows() {
        speak(1_300);
        Page page = browser.newPerson();
        page.navigate(address());
        awaitLive(page);
        assertThat(line(page, 1_300)).isInViewport();
        List<Integer> up = numbers(page.evaluate(READ_ON, true));
        assertThat(up.get(0)).as("rows at once").isBetween(235, 265);
        assertThat(up.get(1)).as("pixels by which a row in view moved").isLessThan(2);
        assertThat(up.subList(2, 4)).as("no gap, from the first").containsExactly(1, 1);
        assertThat(line(page, 1_300)).hasCount(0);
        assertThat(page.locator("#jump")).hasText("Jump to the latest");

        List<Integer> down = numbers(page.evaluate(READ_ON, false));
        assertThat(down.get(0)).as("rows at once").isBetween(235, 265);
        assertThat(down.get(1)).as("pixels by which a row in view moved").isLessThan(2);
        assertThat(List.of(down.get(2), down.get(4))).as("no gap, to the last").containsExactly(1, 1_300);
        assertThat(page.locator("#jump")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_comes_in_while_somebody_reads_further_up_is_bounded_too() {
        speak(40);
        Page page = browser.newPerson();
        page.navigate(address());
        awaitLive(page);
        page.evaluate("""
                () => {
                  const rows = document.getElementById('rows');
                  window.most = 0;
                  window.dropped = 0;
                  new MutationObserver((changes) => {
                    window.most = Math.max(window.most, rows.querySelectorAll('.msg[data-id]').length);
                    window.dropped += changes
                        .flatMap(({ removedNodes }) => [...removedNodes])
                        .filter((node) => node.matches('.msg'))
                        .length;
                  }).observe(rows, { childList: true });
                  document.getElementById('log').scrollTop = 0;
                }""");
        assertThat(line(page, 1)).isInViewport();
        speak(1_300);
        page.waitForFunction("() => window.dropped > 0"); // all that came was shown until then
        assertThat(line(page, 1).first()).isInViewport();
        page.click("#jump");
        assertThat(line(page, 1_300)).isInViewport();
        assertThat(((Number) page.evaluate("window.most")).intValue())
                .as("rows at once")
                .isLessThanOrEqualTo(250);
        assertThat(browser.complaints()).isEmpty();
    }

    /** Settled rows are left out by the browser where they are out of sight: none moves by it, and none is cut where it stands out. */
    @Test
    void rows_out_of_sight_are_not_drawn_and_nobody_sees_it() {
        speak(45);
        Page page = browser.newPerson();
        page.setViewportSize(1280, 400); // browsers draw what is near too
        page.navigate(address());
        awaitLive(page);
        assertThat(line(page, 45)).isInViewport();
        String places = "() => [...document.querySelectorAll('.msg')].map((row) => Math.round(row.offsetTop))";
        Object before = page.evaluate(places);
        String drawn = "() => [...document.querySelectorAll('.msg')].map((row) => row.querySelector('.content')"
                + ".checkVisibility({ contentVisibilityAuto: true }))";
        page.waitForFunction("() => !(" + drawn + ")()[0] && (" + drawn + ")().at(-1)");
        assertThat(page.evaluate(places)).isEqualTo(before);

        String up = "document.getElementById('log').scrollTop = 0;";
        page.waitForFunction("() => { " + up + " return (" + drawn + ")()[0] && !(" + drawn + ")().at(-1); }");
        assertThat(page.evaluate(places)).isEqualTo(before);

        line(page, 5).hover();
        assertThat(line(page, 5).locator(".tools")).isVisible();
        assertThat((Boolean) line(page, 5).evaluate("""
                (row) => {
                  const { left, top } = row.querySelector('.tools').getBoundingClientRect();
                  return top < row.getBoundingClientRect().top
                    && document.elementFromPoint(left + 5, top + 3).closest('.tools') !== null;
                }"""))
                .as("the part of the tools above their row can be pressed")
                .isTrue();
        assertThat(browser.complaints()).isEmpty();
    }

    private static List<Integer> numbers(Object array) {
        return ((List<?>) array)
                .stream().map(number -> ((Number) number).intValue()).toList();
    }

    @Test
    void the_address_of_a_message_that_is_not_there_says_so() {
        speak(1);
        for (String id : new String[] {UUID.randomUUID().toString(), "no-id"}) {
            Page page = browser.newPerson();
            page.navigate(address() + "?message=" + id);
            awaitLive(page);
            assertThat(page.locator("#missing")).containsText("not in this room any more");
            assertThat(page.locator("#complaint")).isEmpty();
            assertThat(line(page, 1)).isVisible();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void without_scripts_one_reads_and_writes_by_links_and_a_form() {
        speak(80);
        for (Look look : new Look[] {new Look(ColorScheme.LIGHT, 1280), new Look(ColorScheme.DARK, 390)}) {
            Page page = browser.newPerson(new NewContextOptions()
                    .setJavaScriptEnabled(false)
                    .setColorScheme(look.scheme())
                    .setViewportSize(look.width(), 800));
            page.navigate(node().page("chat/").toString());
            page.locator("#room-name-input").fill(room);
            page.locator("#room-name-input").press("Enter");
            page.waitForURL(address());
            assertThat(line(page, 80)).isInViewport();
            page.locator("a", new Page.LocatorOptions().setHasText("Show older messages"))
                    .click();
            page.waitForURL(Pattern.compile(".*\\?message=.*"));
            assertThat(line(page, 10)).isVisible();
            page.locator("a", new Page.LocatorOptions().setHasText("Show the latest messages"))
                    .click(); // getByText leaves out what is in a noscript
            page.waitForURL(address());
            page.locator("#chat-message-input").fill("by form <b>\nin " + look.scheme());
            page.locator("#chat-message-submit").click();
            assertThat(page.locator(".msg .body").last()).hasText("by form <b>\nin " + look.scheme());
            assertThat(page).hasURL(address());
            assertThat(page.locator("#chat-message-input")).hasValue("");
            Look.picture(page, look.name("noscript"));
            page.locator("#chat-message-input").fill("x".repeat(4_001));
            page.locator("#chat-message-submit").click();
            assertThat(page.locator("#complaint")).containsText("at most 4000 characters");
            assertThat(page.locator("#missing")).hasCount(0);
            assertThat(page.locator("#chat-message-input")).hasValue("x".repeat(4_001));
        }
    }

    @Test
    void large_letters_narrow_windows_and_forced_colours_lose_nothing() {
        speak(3);
        for (ForcedColors colors : ForcedColors.values()) {
            Page page = browser.newPerson(
                    new NewContextOptions().setViewportSize(320, 480).setForcedColors(colors));
            page.navigate(address());
            awaitLive(page);
            page.locator(".msg").last().focus();
            Look.picture(page, "narrow-" + colors);
            page.setViewportSize(640, 400); // 1280 at 200 %
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(640);
            Look.picture(page, "zoomed-" + colors);
            page.setViewportSize(1280, 800);
            Look.picture(page, "wide-" + colors);
        }
        assertThat(browser.complaints()).isEmpty();
    }
}
