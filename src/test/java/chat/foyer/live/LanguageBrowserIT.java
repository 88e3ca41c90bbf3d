package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Look;
import chat.foyer.words.Words;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What scripts say in each language, and pages whose lines run from right to left. */
class LanguageBrowserIT extends MembersInBrowser {
    private static final Path SCRIPTS = Path.of("src/main/webapp/assets/js");
    private static final Pattern USED = Pattern.compile("\\bwords\\.(?!js\\b)(\\w+)");

    /** Gives a module of the page, by its path below the scripts. */
    private static final String MODULE =
            "const module = (path) => import(new URL(`../${path}`, document.querySelector('script[type=module]').src));";

    /** Every sentence by its name: how many parameters it has, or what stands in its braces. */
    private static final String SENTENCES = "async (language) => {" + MODULE + """
                const shape = (value, name) =>
                  typeof value === 'function' ? [[name, `of ${value.length}`]]
                  : typeof value === 'string' ? [[name, (value.match(/\\{\\w+}/g) ?? []).sort().join() || Boolean(value.trim())]]
                  : Object.entries(value).flatMap(([key, inner]) => shape(inner, `${name}.${key}`));
                return Object.fromEntries(shape((await module(`words/${language}.js`)).sentences, 'words'));
            }""";

    private Page lobby(String locale) {
        Page page = browser.newPerson(new com.microsoft.playwright.Browser.NewContextOptions().setLocale(locale));
        page.navigate(node().page("chat/").toString());
        return page;
    }

    @Test
    void no_language_lacks_a_sentence() {
        Page page = lobby("en-US");
        Object english = page.evaluate(SENTENCES, "en");
        assertThat((Map<?, ?>) english).hasSizeGreaterThan(100);
        for (String language : Words.LANGUAGES) {
            assertThat(page.evaluate(SENTENCES, language)).as(language).isEqualTo(english);
        }
    }

    @Test
    void every_sentence_is_said_somewhere_and_none_is_missing() throws IOException {
        Object there = lobby("en-US")
                .evaluate("async () => {" + MODULE + "return Object.keys((await module('words.js')).words); }");
        assertThat(used())
                .containsExactlyInAnyOrderElementsOf(
                        ((List<?>) there).stream().map(String::valueOf).toList());
    }

    private static List<String> used() throws IOException {
        try (Stream<Path> scripts = Files.walk(SCRIPTS)) {
            String code = scripts.filter(Files::isRegularFile)
                    .map(LanguageBrowserIT::read)
                    .collect(Collectors.joining());
            return USED.matcher(code)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .distinct()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void russian_counts_as_russians_do() {
        Object said = lobby("ru-RU").evaluate("async () => {" + MODULE + """
                    const { words } = await module('words.js');
                    return [1, 2, 5, 11, 21, 1234].map(words.members).concat(words.size(1500), words.typing(['Аня', 'Бо']));
                }""");
        assertThat((List<?>) said)
                .map(text -> text.toString().replaceAll("[\\u00a0\\u202f]", " ").replaceAll("[\\u2068\\u2069]", ""))
                .containsExactly(
                        "1 участник",
                        "2 участника",
                        "5 участников",
                        "11 участников",
                        "21 участник",
                        "1 234 участника",
                        "1,5 кБ",
                        "Аня и Бо печатают…");
    }

    @Test
    void a_room_is_russian_for_who_reads_russian() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        says(bo, room, "Сборка снова зелёная.");
        does(ana, "PATCH", "me", "{\"language\": \"ru\"}");
        for (Look look : List.of(new Look(ColorScheme.LIGHT, 1280), new Look(ColorScheme.DARK, 320))) {
            Page page = browser.newPerson(look.window());
            signIn(page);
            enter(page, room);
            assertThat(page.locator("#connection")).hasText("На связи");
            assertThat(page.locator(".day")).hasText("Сегодня");
            look.at(page, "russian-room");
            page.click("#show-details");
            assertThat(page.locator("#members-title")).hasText("2 участника");
            look.at(page, "russian-details");
            page.keyboard().press("Escape");
            page.locator(".msg").last().focus();
            page.evaluate("""
                () => void document.activeElement.dispatchEvent(
                  new KeyboardEvent('keydown', { key: 'к', code: 'KeyR', bubbles: true, cancelable: true }))""");
            assertThat(page.locator("#chat-message-input")).hasValue(Pattern.compile("> Сборка снова зелёная\\.\\s*"));
            page.keyboard().press("Enter");
            assertThat(page.locator(".msg.own:not(.pending)").last()).isVisible();
            page.locator(".msg.own").last().focus();
            page.keyboard().press("Delete");
            assertThat(page.locator(".msg .state")).containsText("Удалить это сообщение?");
            look.at(page, "russian-question");
            page.context().close();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void today_is_called_so_until_it_is_yesterday() {
        String room = newRoom();
        makes(ana, room, "closed");
        Page page = pageOf(ana);
        page.clock().install();
        enter(page, room);
        assertThat(page.locator(".day")).hasText("Today");
        page.clock().fastForward("24:00:00");
        assertThat(page.locator(".day")).hasText("Yesterday");
        page.clock().fastForward("24:00:00");
        assertThat(page.locator(".day")).hasText(Pattern.compile("\\w+day, \\w+ \\d+"));
    }

    private void signIn(Page page) {
        page.context().addCookies(List.of(new Cookie("foyer_session", ana.session()).setUrl(node().origin())));
    }

    /** As a language would have it that is written from right to left; there is none yet. */
    private static void turnAround(Page page) {
        page.addInitScript("""
                new MutationObserver((changes, observer) => {
                  if (!document.documentElement) return;
                  document.documentElement.dir = 'rtl';
                  observer.disconnect();
                }).observe(document, { childList: true });""");
    }

    @Test
    void a_page_runs_from_right_to_left_and_every_text_in_its_own_direction() {
        String room = newRoom();
        makes(ana, room, "open", bo);
        says(bo, room, "An English sentence, `code` and @" + ana.handle() + ".");
        says(bo, room, "مرحبا، الاختبار أخضر (RelayIT).");
        Page page = browser.newPerson(new Look(ColorScheme.LIGHT, 1280).window());
        signIn(page);
        turnAround(page);
        enter(page, room);
        assertThat(inList(page, room)).hasAttribute("aria-current", "page");
        assertThat(xOf(page, ".side")).isGreaterThan(xOf(page, "main"));
        assertThat(xOf(page, "main")).isGreaterThan(xOf(page, "#people"));
        assertThat(styleOf(page, ".send .icon", "scale")).isEqualTo("-1 1");
        page.locator(".msg").last().hover();
        assertThat(styleOf(page, "[data-do=quote] .icon", "scale")).isEqualTo("-1 1");
        assertThat(styleOf(page, "#attach .icon", "scale")).isEqualTo("none");
        assertThat(page.locator(".said").first().evaluate("said => said.matches(':dir(ltr)')"))
                .isEqualTo(true);
        assertThat(page.locator(".said").last().evaluate("said => said.matches(':dir(rtl)')"))
                .isEqualTo(true);
        for (int width : new int[] {1280, 800, 320}) {
            page.setViewportSize(width, 700);
            assertFits(page, width, "room");
            page.click("#show-details");
            assertThat(page.locator("#members .account")).hasCount(2);
            assertFits(page, width, "details");
            page.keyboard().press("Escape");
            page.keyboard().press("Control+k");
            assertThat(page.locator("#switcher [role=option]").first()).isVisible();
            assertFits(page, width, "switcher");
            page.keyboard().press("Escape");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private static double xOf(Page page, String selector) {
        return page.locator(selector).boundingBox().x;
    }

    private static String styleOf(Page page, String selector, String property) {
        return (String)
                page.locator(selector).first().evaluate("(element, name) => getComputedStyle(element)[name]", property);
    }

    /** Nothing that is shown goes beyond the window on either side; in such a page one cannot scroll to what is beyond the right. */
    private static void assertFits(Page page, int width, String what) {
        Look.picture(page, "rtl-" + what + "-" + width);
        Object beyond = page.evaluate("""
            () => [...document.querySelectorAll('body *')]
              .filter((element) => element.checkVisibility() && !element.closest('.sr, .skip'))
              .map((element) => [element, element.getBoundingClientRect()])
              .filter(([, { left, right, width }]) => width > 1 && (left < -1 || right > innerWidth + 1))
              .map(([element]) => element.outerHTML.slice(0, 100))""");
        assertThat((List<?>) beyond).as("%s at %d px", what, width).isEmpty();
    }

    @Test
    void a_text_from_right_to_left_stays_so_in_a_page_of_the_other_direction() {
        String room = newRoom();
        makes(ana, room, "open", bo);
        says(bo, room, "مرحبا، الاختبار أخضر (RelayIT).");
        Page page = pageOf(ana);
        enter(page, room);
        assertThat(page.locator(".said").last().evaluate("said => said.matches(':dir(rtl)')"))
                .isEqualTo(true);
        assertThat(styleOf(page, ".send .icon", "scale")).isEqualTo("none");
    }
}
