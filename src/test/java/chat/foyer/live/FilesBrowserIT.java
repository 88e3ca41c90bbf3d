package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Files;
import chat.foyer.testing.Images;
import chat.foyer.testing.Look;
import chat.foyer.testing.People.Someone;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sending and looking at files in a real browser. */
class FilesBrowserIT extends MembersInBrowser {
    private static final FilePayload REPORT =
            new FilePayload("report.pdf", "application/pdf", "figures".getBytes(StandardCharsets.UTF_8));
    private static final FilePayload PHOTO = new FilePayload("photo.jpg", "image/jpeg", Images.of("jpg", 1600, 1200));

    private final String room = "files-" + UUID.randomUUID();

    private Page inRoom(Someone who) {
        return inRoom(who, new NewContextOptions().setViewportSize(1280, 800));
    }

    private Page inRoom(Someone who, NewContextOptions window) {
        Page page = browser.newPerson(window);
        page.context().addCookies(List.of(new Cookie("foyer_session", who.session()).setUrl(node().origin())));
        enter(page, room);
        return page;
    }

    private static Locator chips(Page page) {
        return page.locator(".attachment");
    }

    private static Locator rows(Page page) {
        return page.locator(".msg");
    }

    private static void pick(Page page, FilePayload... files) {
        page.setInputFiles("#attach-files", files);
    }

    /** Gives the page files as if they were dropped or pasted, with a text in each of these types. */
    private static void transfer(Page page, String target, String type, FilePayload file, String... texts) {
        page.evaluate(
                """
                ([target, type, name, mime, base64, texts]) => {
                    const data = new DataTransfer();
                    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
                    data.items.add(new File([bytes], name, { type: mime }));
                    texts.forEach((each) => data.setData(each, name));
                    const event = type === 'paste'
                        ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
                        : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
                    document.querySelector(target).dispatchEvent(event);
                }""",
                List.of(
                        target,
                        type,
                        file.name,
                        file.mimeType,
                        Base64.getEncoder().encodeToString(file.buffer),
                        List.of(texts)));
    }

    @Test
    void picked_files_are_sent_with_a_text_and_seen_by_others_and_after_a_reload() {
        Page anas = inRoom(ana);
        Page bos = inRoom(bo);
        pick(anas, REPORT, PHOTO);
        assertThat(chips(anas)).hasCount(2);
        assertThat(chips(anas).nth(1)).hasAttribute("data-state", "done");
        anas.fill("#chat-message-input", "the numbers");
        anas.keyboard().press("Enter");
        assertThat(chips(anas)).hasCount(0);
        for (Page page : List.of(anas, bos)) {
            assertThat(rows(page)).hasCount(1);
            assertThat(rows(page).locator(".body")).hasText("the numbers");
            assertThat(rows(page).locator(".file bdi")).hasText("report.pdf");
            assertThat(rows(page).locator(".file")).hasAttribute("download", "report.pdf");
            assertThat(rows(page).locator(".picture img")).hasAttribute("width", "360");
            page.waitForFunction("() => document.querySelector('.picture img')?.naturalWidth === 720");
        }
        assertThat((String) bos.evaluate("document.querySelector('#chat-log').value"))
                .isEqualTo("the numbers\n");
        Object before = bos.evaluate("document.querySelector('.files').innerHTML.replace(/\\s+/g, '')");
        enter(bos, room);
        assertThat(rows(bos).locator(".picture img")).hasAttribute("height", "270");
        assertThat(bos.evaluate("document.querySelector('.files').innerHTML.replace(/\\s+/g, '')"))
                .as("server and script show the same")
                .isEqualTo(before);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_file_alone_is_a_message() {
        Page page = inRoom(ana);
        pick(page, REPORT);
        assertThat(chips(page)).hasAttribute("data-state", "done");
        page.click("#chat-message-submit");
        assertThat(page.locator(".msg[data-id] .file")).hasCount(1);
        assertThat(rows(page).locator(".said")).isHidden();
        assertThat((String) page.evaluate("document.querySelector('#chat-log').value"))
                .isEqualTo("report.pdf\n");
        rows(page).focus();
        page.keyboard().press("r");
        assertThat(page.locator("#chat-message-input")).hasValue("> report.pdf\n\n");
        rows(page).hover();
        rows(page).locator("[data-do=delete]").click();
        rows(page).locator("[data-do=remove]").click();
        assertThat(rows(page).locator(".body")).hasText("Message deleted");
        assertThat(rows(page).locator(".file")).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void files_are_dropped_anywhere_and_pasted() {
        Page page = inRoom(ana);
        transfer(page, "#log", "dragenter", REPORT);
        assertThat(page.locator("#drop")).isVisible();
        transfer(page, "#log", "drop", REPORT);
        assertThat(page.locator("#drop")).isHidden();
        transfer(page, "#chat-message-input", "paste", PHOTO, "text/plain", "text/html"); // a text with its picture
        transfer(page, "#chat-message-input", "paste", PHOTO, "text/plain"); // a file with its name
        assertThat(chips(page)).hasCount(2);
        assertThat(chips(page).nth(0)).containsText("report.pdf");
        assertThat(chips(page).nth(1).locator("img")).hasCount(1);
        chips(page).nth(0).locator("[data-do=remove]").click();
        assertThat(chips(page)).hasCount(1);
        assertThat(chips(page).locator("[data-do=remove]")).isFocused();
        page.keyboard().press("Delete");
        assertThat(chips(page)).hasCount(0);
        assertThat(page.locator("#chat-message-input")).isFocused();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_message_waits_for_its_files_while_others_go_on() {
        Page page = inRoom(ana);
        List<Route> held = new CopyOnWriteArrayList<>();
        page.route(Pattern.compile(".*/files\\?name=.*"), held::add);
        pick(page, REPORT);
        assertThat(chips(page)).hasAttribute("data-state", "running");
        page.fill("#chat-message-input", "with a report");
        page.keyboard().press("Enter");
        assertThat(rows(page).locator(".state")).containsText("Sent when its files are uploaded.");
        page.keyboard().type("meanwhile");
        page.keyboard().press("Enter");
        assertThat(rows(page)
                        .filter(new Locator.FilterOptions().setHasText("meanwhile"))
                        .locator(".state"))
                .hasCount(0);
        held.forEach(Route::resume);
        assertThat(page.locator(".msg[data-id]")).hasCount(2);
        assertThat(page.locator(".msg[data-id]").last()).containsText("with a report");
        assertThat(page.locator(".state")).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_text_whose_files_were_lost_with_the_page_is_kept() {
        Page page = inRoom(ana);
        page.route(Pattern.compile(".*/files\\?name=.*"), route -> {});
        pick(page, REPORT);
        page.fill("#chat-message-input", "with a report");
        page.keyboard().press("Enter");
        assertThat(rows(page).locator(".state")).containsText("Sent when its files are uploaded.");
        page.onDialog(Dialog::accept); // that asks whether to leave
        enter(page, room);
        assertThat(rows(page).locator(".body")).hasText("with a report");
        assertThat(rows(page).locator(".state")).containsText("before \u2068report.pdf\u2069 had been uploaded");
        rows(page).locator("[data-do=retry]").click();
        assertThat(page.locator(".msg[data-id] .body")).hasText("with a report");
        assertThat(page.locator(".state")).hasCount(0);
        enter(page, room);
        assertThat(rows(page)).hasCount(1);
    }

    @Test
    void what_goes_wrong_is_told_on_the_chip_and_can_be_tried_again() {
        Page page = inRoom(ana);
        pick(page, new FilePayload("empty.txt", "text/plain", new byte[0]));
        assertThat(chips(page)).hasAttribute("data-state", "failed");
        assertThat(chips(page)).containsText("This file is empty.");
        page.fill("#chat-message-input", "not yet");
        page.keyboard().press("Enter");
        assertThat(page.locator("#complaint")).containsText("Retry or remove it first.");
        chips(page).locator("[data-do=remove]").click();

        page.route(Pattern.compile(".*/files\\?name=.*"), route -> route.abort(), new Page.RouteOptions().setTimes(1));
        pick(page, REPORT);
        assertThat(chips(page)).containsText("The upload did not arrive.");
        chips(page).locator("[data-do=again]").click();
        assertThat(chips(page)).hasAttribute("data-state", "done");

        List<Route> held = new CopyOnWriteArrayList<>();
        page.route(Pattern.compile(".*/files\\?name=.*"), held::add);
        pick(page, PHOTO);
        page.locator("#chat-message-input").press("Enter");
        rows(page).locator("[data-do=discard]").click();
        assertThat(rows(page)).hasCount(0);
        assertThat(chips(page)).hasCount(0);
    }

    @Test
    void guests_are_told_that_they_cannot() {
        Page page = browser.newPerson();
        enter(page, room);
        assertThat(page.locator("#attach")).hasCount(0);
        transfer(page, "#log", "drop", REPORT);
        assertThat(page.locator("#complaint")).hasText("Guests cannot send files. Sign in first.");
    }

    @Test
    void images_are_looked_at_one_by_one() {
        Files files = new Files(node());
        files.post(ana, room, "first", files.upload(ana, room, "one.png", Images.of("png", 900, 600)));
        files.post(ana, room, "second", files.upload(ana, room, "two.png", Images.of("png", 400, 800)));
        Page page = inRoom(bo);
        Locator lightbox = page.locator("#lightbox");
        page.locator(".picture").first().click();
        assertThat(lightbox).isVisible();
        assertThat(lightbox).containsText("one.png");
        assertThat(lightbox.locator("[data-turn='-1']")).isDisabled();
        page.keyboard().press("ArrowRight");
        assertThat(lightbox).containsText("two.png");
        page.waitForFunction("() => document.querySelector('#lightbox img')?.naturalHeight === 800");
        page.keyboard().press("ArrowRight");
        assertThat(lightbox).containsText("two.png");
        page.keyboard().press("ArrowLeft");
        assertThat(lightbox).containsText("one.png");
        page.keyboard().press("Escape");
        assertThat(lightbox).isHidden();
        assertThat(page.locator(".picture").first()).isFocused();
        page.keyboard().press("Enter");
        assertThat(lightbox).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void files_fit_phone_and_desktop_in_light_and_dark() {
        Files files = new Files(node());
        files.post(
                ana,
                room,
                "The graph, and the numbers behind it",
                files.upload(ana, room, "graph.png", Images.of("png", 1600, 900)),
                files.upload(ana, room, "a portrait.png", Images.of("png", 600, 1200)),
                files.upload(
                        ana, room, "quarterly report with a rather long name, final version 2.pdf", new byte[48_213]));
        for (Look look : Look.EVERYWHERE) {
            Page page = inRoom(bo, look.window());
            assertThat(page.locator(".picture")).hasCount(2);
            page.waitForFunction("[...document.querySelectorAll('.picture img')].every((image) => image.complete)");
            page.route(Pattern.compile(".*name=slow.*"), route -> {});
            pick(page, PHOTO, REPORT, new FilePayload("empty.txt", "text/plain", new byte[0]));
            assertThat(chips(page).nth(1)).hasAttribute("data-state", "done");
            pick(page, new FilePayload("slow.zip", "application/zip", new byte[900_000]));
            assertThat(chips(page).nth(3)).hasAttribute("data-state", "running");
            look.at(page, "files");
            page.locator(".picture").first().click();
            assertThat(page.locator("#lightbox")).containsText("graph.png");
            look.at(page, "files-lightbox");
            page.context().close();
        }
    }
}
