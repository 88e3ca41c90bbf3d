package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.CuttableProxy;
import chat.foyer.testing.Look;
import chat.foyer.testing.People;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Cookie;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rooms with doors and conversations of two, as members see and use them in a real browser. */
class RoomsBrowserIT extends MembersInBrowser {

    @Test
    void my_rooms_stand_beside_every_page_before_any_script_runs() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        says(bo, room, "hello, @" + ana.handle());
        String direct = talks(bo, ana);
        says(bo, direct, "a word in private");
        for (String path : new String[] {"chat/", "chat/lobby/"}) {
            String html = node().get(path, ana.at(node())).body();
            assertThat(html).contains("<bdi>" + room + "</bdi>", ", closed room, 1 unread, 1 mention", ">@ 1</span>");
            assertThat(html).contains("<bdi>" + bo.name() + "</bdi>", ", offline, 1 unread");
        }
        assertThat(node().get("chat/" + direct + "/", ana.at(node())).body())
                .contains("<title>" + bo.name() + " – Foyer</title>", "Message " + bo.name());
    }

    @Test
    void what_is_unread_is_counted_in_the_list_and_the_title_until_it_is_read() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(ana);
        enter(page, "lobby");
        says(bo, room, "one");
        assertThat(inList(page, room)).hasAccessibleName(Pattern.compile(".*, closed room, 1 unread"));
        assertThat(page).hasTitle("#lobby – Foyer");
        says(bo, room, "two, @" + ana.handle());
        assertThat(inList(page, room)).hasAccessibleName(Pattern.compile(".*, closed room, 2 unread, 1 mention"));
        assertThat(page).hasTitle("(1) #lobby – Foyer");
        Page other = browser.newTab(page);
        enter(other, room);
        assertThat(other.locator(".divider ~ .msg .body").first()).hasText("one");
        assertThat(inList(page, room)).hasAccessibleName(Pattern.compile(".*, closed room"));
        assertThat(page).hasTitle("#lobby – Foyer");
        says(bo, room, "three");
        assertThat(other.locator("#rows")).containsText("three");
        assertThat(other.locator(".divider ~ .msg .body").first()).hasText("one");
        says(bo, "lobby", "to be seen last"); // comes later in the same stream, so that nothing else can follow
        assertThat(page.locator("#rows")).containsText("to be seen last");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_closed_room_is_made_in_a_dialog_and_whoever_was_invited_finds_it_in_their_list() {
        String taken = newRoom();
        makes(bo, taken, "closed");
        Page page = pageOf(ana);
        Page others = pageOf(bo);
        page.click("#new-room");
        assertThat(page.locator("#new-room-dialog")).isVisible();
        page.keyboard().type(taken);
        page.check("#new-room-dialog [value=closed]");
        page.fill("#new-room-topic", "Ship on Thursday");
        page.fill("#new-room-people", bo.handle());
        assertThat(page.locator("#new-room-people-list [role=option]")).hasCount(1);
        page.keyboard().press("Enter");
        assertThat(page.locator("#new-room-dialog .chip")).hasText(bo.name());
        button(page, "Make the room").click();
        assertThat(page.locator("#new-room-name")).isFocused();
        assertThat(page.locator("#new-room-name")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#new-room-name-problem")).not().isEmpty();
        String room = newRoom();
        page.fill("#new-room-name", room);
        page.keyboard().press("Enter");
        page.waitForURL(node().page("chat/" + room + "/").toString());
        assertThat(page.locator("#topic")).hasText("Ship on Thursday");
        assertThat(page.locator("h1")).hasText(Pattern.compile(room + ", closed room"));
        assertThat(page.locator(".note").last()).containsText(ana.name() + " invited " + bo.name());
        inList(others, room).click();
        awaitLive(others);
        write(others, "here I am");
        assertThat(page.locator("#rows")).containsText("here I am");
        assertThat(node().get("chat/" + room + "/").statusCode())
                .as("a stranger")
                .isEqualTo(404);
        assertThat(browser.complaints()).allMatch(line -> line.contains("409"), "nothing but the name that was taken");
    }

    @Test
    void what_happens_to_a_room_is_told_in_the_same_words_live_and_when_it_is_opened_later() {
        String room = newRoom();
        makes(ana, room, "open", bo);
        Page page = pageOf(bo);
        enter(page, room);
        String members = "rooms/" + room + "/members/" + bo.id();
        does(ana, "PUT", members, "{\"role\": \"moderator\"}");
        does(ana, "PATCH", "rooms/" + room, "{\"topic\": \"Ends on Friday\"}");
        does(ana, "PATCH", "rooms/" + room, "{\"kind\": \"closed\"}");
        String name = room + " later";
        does(
                ana,
                "PATCH",
                "rooms/" + room,
                Json.createObjectBuilder().add("name", name).build().toString());
        assertThat(page.locator(".note").last()).containsText("renamed the room to " + name);
        assertThat(page.locator("#room-title")).hasText(name);
        assertThat(page.locator("#topic")).hasText("Ends on Friday");
        assertThat(page)
                .hasURL(node().page("chat/" + ChatClient.encode(name) + "/").toString());
        awaitLive(page);
        List<String> live = page.locator(".note .sentence").allTextContents();
        assertThat(live)
                .containsExactly(
                        ana.name() + " made this room",
                        ana.name() + " invited " + bo.name(),
                        ana.name() + " made " + bo.name() + " a moderator",
                        ana.name() + " changed the topic to “Ends on Friday”",
                        ana.name() + " closed the room: only its members may enter",
                        ana.name() + " renamed the room to " + name);
        page.route("**/*.js", route -> route.abort()); // what the server alone says
        page.reload();
        assertThat(page.locator(".note .sentence").allTextContents()).isEqualTo(live);
    }

    /** The address of a line that is so far up that the page of it ends before the latest. */
    private String addressAbove(String room) {
        try (ChatClient speaker = ChatClient.plain(node(), room, ana.at(node()))) {
            for (int i = 1; i <= 80; i++) {
                speaker.says("line " + i + ".");
            }
            speaker.hears(80);
        }
        String messages = node().get("api/v1/rooms/" + room + "/messages?limit=100", ana.at(node()))
                .body();
        String id = Json.createReader(new StringReader(messages))
                .readArray()
                .getValuesAs(JsonObject.class)
                .get(5)
                .getString("id");
        return node().page("chat/" + room + "/?message=" + id).toString();
    }

    @Test
    void who_reads_far_above_the_end_hears_what_happens_to_the_room() {
        String room = newRoom();
        makes(ana, room, "open");
        Page page = pageOf(ana);
        page.navigate(addressAbove(room));
        awaitLive(page);
        assertThat(page.locator("#jump")).hasText("Jump to the latest");
        does(ana, "PATCH", "rooms/" + room, "{\"topic\": \"Ends on Friday\"}");
        assertThat(page.locator("#topic")).hasText("Ends on Friday");
        assertThat(page.locator(".note .sentence").filter(new Locator.FilterOptions().setHasText("Ends on Friday")))
                .hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_waited_to_be_sent_leads_from_far_above_to_the_end_without_a_gap() {
        String room = newRoom();
        makes(ana, room, "open");
        String address = addressAbove(room);
        Page page = pageOf(ana);
        page.evaluate("""
                ([user, room]) => localStorage.setItem(`foyer::outbox:${user}:${room}:waited`,
                    JSON.stringify({ ref: 'waited', type: 'message.post', body: 'line 81.', at: 1 }))
                """, List.of(ana.id(), room));
        page.navigate(address);
        awaitLive(page);
        assertThat(page.locator(".msg[data-id] .body").last()).hasText("line 81.");
        assertThat(page.locator(".msg .body").filter(new Locator.FilterOptions().setHasText("line 80.")))
                .hasCount(1);
        assertThat(page.locator("#jump")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_room_is_looked_after_in_its_details() {
        String room = newRoom();
        makes(ana, room, "closed");
        Page page = pageOf(ana);
        enter(page, room);
        page.click("#show-details");
        page.fill("#invite-people", bo.handle());
        assertThat(page.locator("#invite-people-list [role=option]")).hasCount(1);
        page.keyboard().press("Enter");
        page.locator("[data-act=invite]").click();
        Locator row = page.locator("#members .account").filter(new Locator.FilterOptions().setHasText(bo.name()));
        row.locator("select").selectOption("moderator");
        assertThat(page.locator(".note").last()).containsText("a moderator"); // or the topic might come before it
        assertThat(row.locator("select")).hasValue("moderator");
        page.fill("#details-about", "All about it");
        page.keyboard().press("Enter");
        assertThat(page.locator(".saved")).hasText("Saved.");
        assertThat(page.locator("#topic")).hasText("All about it");
        assertThat(page.locator(".note").last()).containsText("changed the topic");
        row.locator("button").click();
        page.waitForResponse(
                answer -> answer.url().endsWith("/members"),
                () -> does(ana, "PATCH", "rooms/" + room, "{\"topic\": \"Something else\"}"));
        assertThat(row.getByText("Keep")).isFocused(); // what happens meanwhile leaves the question where it is
        row.locator(".danger").click();
        assertThat(row).hasCount(0);
        assertThat(page.locator("#members .account")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator(".note").last()).containsText(ana.name() + " removed " + bo.name());
        page.click("#show-details");
        page.locator("[data-act=archive]").click();
        assertThat(page.locator(".asking")).containsText("stays readable");
        page.locator("[data-act=archive]").click();
        assertThat(page.locator("#no-composer")).containsText("archived");
        assertThat(page.locator("#composer")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void who_is_removed_reads_what_was_there_and_writes_no_more() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        Page page = pageOf(bo);
        enter(page, room);
        says(ana, room, "before");
        assertThat(page.locator("#rows")).containsText("before");
        does(ana, "DELETE", "rooms/" + room + "/members/" + bo.id(), "");
        assertThat(page.locator("#banner")).containsText("You were removed from this room.");
        assertThat(page.locator("#composer")).isHidden();
        assertThat(page.locator("#rows")).containsText("before");
        says(ana, room, "after");
        button(page, "Back to the rooms").click();
        page.waitForURL(node().page("chat/").toString());
        assertThat(inList(page, room)).hasCount(0);
    }

    @Test
    void a_conversation_begins_among_the_people_and_reaches_the_other_one() {
        Page page = pageOf(ana);
        Page other = pageOf(bo);
        enter(other, "lobby");
        inListOfPeople(page).click();
        page.waitForURL(node().page("people").toString());
        page.getByLabel("Search people").fill(bo.handle());
        Locator row = page.locator(".account");
        assertThat(row).hasCount(1);
        Look.picture(page, "people");
        row.getByText("Message").click();
        awaitLive(page);
        assertThat(page.locator("#room-title")).hasText(bo.name());
        assertThat(inList(page, bo.name())).hasAttribute("data-presence", "active");
        write(page, "Have you a minute?");
        assertThat(inList(other, ana.name())).hasAccessibleName(Pattern.compile(".*, online, 1 unread"));
        assertThat(other).hasTitle("(1) #lobby – Foyer");
        inList(other, ana.name()).click();
        awaitLive(other);
        write(other, "Yes");
        assertThat(page.locator("#rows")).containsText("Yes");
        assertThat(other).hasTitle(ana.name() + " – Foyer");
        other.close();
        assertThat(inList(page, bo.name())).hasAttribute("data-presence", "offline");
        assertThat(browser.complaints()).isEmpty();
    }

    private static Locator inListOfPeople(Page page) {
        return page.locator(".everybody");
    }

    @Test
    void whose_session_ends_keeps_what_they_wrote_and_goes_on_after_signing_in() {
        String room = newRoom();
        makes(ana, room, "closed");
        Page page = pageOf(ana);
        enter(page, room);
        does(ana, "DELETE", "session", "");
        assertThat(page.locator("#banner")).containsText("You have been signed out.");
        write(page, "written meanwhile");
        page.fill("#chat-message-input", "half a thou");
        button(page, "Sign in again").click();
        page.fill("#username", ana.handle());
        page.fill("#password", People.PASSWORD);
        page.click("button[type=submit]");
        page.waitForURL(node().page("chat/" + room + "/").toString());
        assertThat(page.locator(".msg[data-seq] .body")).hasText("written meanwhile");
        assertThat(page.locator("#chat-message-input")).hasValue("half a thou");
    }

    @Test
    void whose_session_ends_while_the_network_is_away_is_told_to_sign_in_again() throws IOException {
        String room = newRoom();
        try (CuttableProxy network = CuttableProxy.to(node().root().getPort())) {
            Page page = pageOf(ana);
            page.navigate("http://localhost:" + network.port() + "/chat/" + room + "/");
            awaitLive(page);
            String guest =
                    "{\"id\": \"g-1\", \"name\": \"Silver Moose 20\", \"role\": \"GUEST\"}"; // as the server tells
            page.route("**/api/v1/me", route -> route.fulfill(new Route.FulfillOptions().setBody(guest)));
            network.cut();
            assertThat(page.locator("#banner"))
                    .containsText(
                            "You have been signed out.",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
        }
    }

    @Test
    void a_tab_of_a_browser_in_which_somebody_else_has_signed_in_says_so_and_sends_nothing() {
        Page page = pageOf(ana);
        enter(page, newRoom());
        Page tab = browser.newTab(page);
        tab.context().addCookies(List.of(new Cookie("foyer_session", bo.session()).setUrl(node().origin())));
        enter(tab, "lobby");
        assertThat(page.locator("#banner")).containsText("You are signed in as " + bo.name() + " now.");
        write(page, "by whom?");
        assertThat(page.locator("#complaint")).hasText("You are signed in as " + bo.name() + " now.");
        assertThat(page.locator("#chat-message-input")).hasValue("by whom?");
        assertThat(page.locator(".msg:not(.note)")).hasCount(0);
        button(page, "Reload the page").click();
        assertThat(page.locator("#me")).hasAttribute("data-id", bo.id());
    }

    @Test
    void moderators_take_back_what_others_said() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        says(bo, room, "regrettable");
        Page page = pageOf(ana);
        Page author = pageOf(bo);
        enter(page, room);
        enter(author, room);
        Locator row = page.locator(".msg:not(.note)");
        row.hover();
        row.locator("[data-do=delete]").click();
        button(page, "Delete").last().click();
        assertThat(author.locator(".msg .body")).hasText("Message deleted");
        says(ana, room, "not yours");
        assertThat(author.locator(".msg:not(.note)")).hasCount(2);
        assertThat(author.locator(".deletable:not(.own)")).hasCount(0);
    }

    @Test
    void lists_and_dialogs_look_well_everywhere_and_axe_finds_nothing_serious() {
        String room = "release " + UUID.randomUUID().toString().substring(0, 8);
        makes(ana, room, "closed", bo);
        does(ana, "PATCH", "rooms/" + ChatClient.encode(room), "{\"topic\": \"Ship on Thursday, no surprises\"}");
        says(bo, room, "Notes are in the wiki");
        says(bo, talks(bo, ana), "Have you a minute?");
        Look.EVERYWHERE.forEach(look -> pictures(look, room, ""));
        does(ana, "PATCH", "me", "{\"language\": \"ru\"}"); // whose words are longer
        Look.WIDE_AND_NARROW.forEach(look -> pictures(look, room, "russian-"));
        assertThat(browser.complaints()).isEmpty();
    }

    private void pictures(Look look, String room, String language) {
        Page page = browser.newPerson(look.window());
        page.context().addCookies(List.of(new Cookie("foyer_session", ana.session()).setUrl(node().origin())));
        page.navigate(node().page("chat/").toString());
        look.at(page, language + "my-lobby");
        page.click("#new-room");
        assertThat(page.locator("#new-room-dialog")).isVisible();
        look.at(page, language + "new-room");
        page.keyboard().press("Escape");
        page.click("#new-message");
        assertThat(page.locator("#new-message-dialog .account").first()).isVisible();
        look.at(page, language + "new-message");
        enter(page, room);
        look.at(page, language + "my-room");
        page.click("#show-details");
        assertThat(page.locator("#members .account")).hasCount(2);
        look.at(page, language + "details");
        page.navigate(node().page("people").toString());
        assertThat(page.locator(".account").first()).isVisible();
        look.at(page, language + "directory");
        page.context().close();
    }

    @Test
    void a_dialog_that_could_not_be_loaded_is_there_after_the_page_was_loaded_anew() {
        String room = newRoom();
        makes(ana, room, "open");
        Page page = pageOf(ana);
        page.route("**/js/details.js", Route::abort);
        enter(page, room);
        page.locator("#chat-message-input").fill("half a sentence");
        page.evaluate("window.former = true");
        page.click("#show-details");
        page.waitForFunction("() => !window.former");
        page.unroute("**/js/details.js");
        enter(page, room);
        page.click("#show-details");
        assertThat(page.locator("#details")).isVisible();
        assertThat(page.locator("#chat-message-input")).hasValue("half a sentence");
    }
}
