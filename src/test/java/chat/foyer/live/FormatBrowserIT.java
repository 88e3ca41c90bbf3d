package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Attacks;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Look;
import chat.foyer.testing.People.Someone;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How messages look in a real browser, and that nothing in them acts. */
class FormatBrowserIT extends MembersInBrowser {
    private static final int PAGE = 50; // messages that the server renders

    /** Elements in messages that are not what the server may write, and attributes. */
    private static final String FOREIGN = """
            () => {
              const allowed = {
                P: [], BR: [], STRONG: [], EM: [], DEL: [], CODE: [], BLOCKQUOTE: [], UL: [], LI: [], OL: ['start'], PRE: ['tabindex'],
                A: ['href', 'rel', 'target', 'class'], SPAN: ['class', 'data-person'],
              };
              const isOurs = (e) => e.matches('div.code-block') || e.closest('.code-block > button');
              const isFine = (e) => allowed[e.nodeName]
                && [...e.attributes].every(({ name }) => allowed[e.nodeName].includes(name))
                && (!e.href || ['http:', 'https:', 'mailto:'].includes(e.protocol));
              for (const e of document.querySelectorAll('.body *')) {
                for (const type of ['mouseover', 'focus', 'pointerenter', 'toggle', 'error', 'load']) e.dispatchEvent(new Event(type));
              }
              return [...document.querySelectorAll('.body *')].filter((e) => !isOurs(e) && !isFine(e)).map((e) => e.outerHTML);
            }""";

    private static final String SOURCES = """
            () => [...document.querySelectorAll('.msg .body')].map((e) => e.dataset.source ?? e.textContent)""";

    private Page pageOf(Someone who, NewContextOptions window) {
        Page page = browser.newPerson(window);
        page.context().addCookies(List.of(new Cookie("foyer_session", who.session()).setUrl(node().origin())));
        return page;
    }

    private static Locator last(Page page) {
        return page.locator(".msg").last();
    }

    private static void areSaid(String room, List<String> texts) {
        try (ChatClient somebody = ChatClient.plain(node(), room)) {
            texts.forEach(somebody::says);
            somebody.hearsAtLast(texts.get(texts.size() - 1));
        }
    }

    @Test
    void hundreds_of_attacks_do_nothing() {
        List<String> dialogs = new ArrayList<>();
        Page page = browser.newPerson();
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        List<String> attacks = new ArrayList<>(Attacks.all());
        for (int from = 0; from < attacks.size(); from += PAGE) {
            List<String> some = attacks.subList(from, Math.min(from + PAGE, attacks.size()));
            String room = newRoom();
            enter(page, room);
            areSaid(room, some);
            assertThat(page.locator(".msg")).hasCount(some.size());
            assertThat((List<?>) page.evaluate(FOREIGN)).as("shown live").isEmpty();

            page.reload();
            awaitLive(page);
            assertThat((List<?>) page.evaluate(FOREIGN))
                    .as("rendered by the server")
                    .isEmpty();
            assertThat(page.evaluate(SOURCES)).isEqualTo(some);
        }
        assertThat(dialogs).isEmpty();
        assertThat(browser.complaints()).isEmpty();
        assertThat((String) page.evaluate("document.title")).doesNotContain("alert");
    }

    @Test
    void what_i_write_is_formatted_by_the_server_and_edited_as_i_wrote_it() {
        String room = newRoom();
        Page page = browser.newPerson();
        enter(page, room);
        write(page, "**green** at `HEAD`\nnext line");
        Locator body = last(page).locator(".body");
        assertThat(body.locator("strong")).hasText("green");
        assertThat(body.locator("br")).hasCount(1);
        assertThat(page.locator("#chat-log")).hasValue("**green** at `HEAD`\nnext line\n");
        for (int i = 0; i < 2; i++) { // shown live, and rendered by the server
            page.keyboard().press("ArrowUp");
            assertThat(page.locator(".editor textarea")).hasValue("**green** at `HEAD`\nnext line");
            page.keyboard().press("Escape");
            page.reload();
            assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
            assertThat(body.locator("strong")).hasText("green");
        }
        page.keyboard().press("ArrowUp");
        page.locator(".editor textarea").fill("just green");
        page.keyboard().press("Enter");
        assertThat(last(page).locator(".said")).hasText("just green (edited)");
        assertThat(body.locator("strong")).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void code_is_copied_by_its_button() {
        Page page = browser.newPerson();
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        enter(page, newRoom());
        write(page, "```\nif (a) {\n    b();\n}\n```");
        Locator block = last(page).locator(".code-block");
        block.hover();
        block.getByRole(AriaRole.BUTTON).click();
        assertThat(block.getByRole(AriaRole.BUTTON)).hasAccessibleName("Copied");
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("if (a) {\n    b();\n}");
        assertThat(block.getByRole(AriaRole.BUTTON)).hasAccessibleName("Copy the code");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void who_is_mentioned_sees_it_and_a_room_that_is_named_is_a_click_away() {
        String room = newRoom();
        String other = "r" + UUID.randomUUID().toString().replace("-", "");
        Page page = pageOf(ana);
        enter(page, room);
        Page author = pageOf(bo);
        enter(author, room);
        write(author, "@" + ana.handle() + ", @nobody.at.all: see #" + other);
        for (Page reader : List.of(page, author)) {
            Locator row = last(reader);
            assertThat(row.locator(".mention")).hasText("@" + ana.handle());
            assertThat(row.locator(".to-room")).hasText("#" + other);
        }
        assertThat(last(page)).hasClass(Pattern.compile("\\bmentioned\\b"));
        assertThat(last(page)).containsText("Mentions you");
        assertThat(last(author)).not().hasClass(Pattern.compile("\\bmentioned\\b"));
        page.reload();
        assertThat(last(page)).hasClass(Pattern.compile("\\bmentioned\\b"));
        write(author, "@room: lunch");
        assertThat(last(page).locator(".mention.you")).hasText("@room");
        write(author, "nothing about anybody");
        assertThat(last(page)).hasText(Pattern.compile("nothing about anybody"));
        assertThat(last(page)).not().hasClass(Pattern.compile("\\bmentioned\\b"));
        page.locator(".to-room").click();
        assertThat(page).hasURL(node().page("chat/" + other + "/").toString());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void formatted_messages_fit_phone_and_desktop_in_light_and_dark() {
        String room = newRoom();
        Page author = pageOf(bo);
        enter(author, room);
        List<String> said = List.of(
                "Plain as ever, with a line\nbreak",
                "**Bold**, *italic*, ~~struck~~ and `code`, see https://ci.example/builds/218?branch=main and [the notes](https://ci.example) in #ops",
                "> what was said before\n> in two lines\n\nand the answer",
                "Steps:\n- build\n- test\n  - on both servers\n\n1. ship\n2. celebrate",
                "```\npublic static void main(String... arguments) { System.out.println(\"a line that is longer than any phone is wide\"); }\n"
                        + "    // indented\n```\nand on",
                "@" + ana.handle() + " can you have a look? @room",
                "and once more, @" + ana.handle()
                        + ", in a second line that is long enough to be broken on all phones there are",
                "שלום **עולם** `code`");
        for (String text : said) {
            write(author, text);
        }
        assertThat(author.locator(".pending")).hasCount(0);
        for (Look look : Look.EVERYWHERE) {
            Page page = pageOf(ana, look.window());
            enter(page, room);
            assertThat(page.locator(".mentioned")).hasCount(2);
            look.at(page, "formatted");
            page.context().close();
        }
    }
}
