package chat.foyer.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.Look;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Emoji that are found by name while one writes, or chosen from all of them. */
class EmojiBrowserIT extends MembersInBrowser {

    private static Locator input(Page page) {
        return page.locator("#chat-message-input");
    }

    private static Locator offered(Page page) {
        return page.locator("#suggestions:not([hidden]) [role=option]");
    }

    private static Locator picker(Page page) {
        return page.locator("#emoji-picker");
    }

    private static Locator groups(Page page) {
        return picker(page).locator("[role=group]");
    }

    private static void opens(Page page) {
        page.click("#emoji");
        assertThat(groups(page).first()).isVisible();
    }

    private Page inRoom() {
        Page page = pageOf(ana);
        enter(page, newRoom());
        return page;
    }

    @Test
    void a_colon_and_two_letters_offer_emoji_and_enter_writes_the_character_itself() {
        Page page = inRoom();
        input(page).pressSequentially("well done :tad");
        assertThat(offered(page).first()).containsText("party popper");
        page.keyboard().press("Enter");
        assertThat(input(page)).hasValue("well done 🎉 ");
        input(page).pressSequentially(":thumbs_u");
        assertThat(offered(page).first()).containsText("thumbs up");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator(".msg .body").last()).hasText("well done 🎉 👍");
        input(page).pressSequentially(":smil");
        assertThat(offered(page)).hasCount(8);
        input(page).fill("");
        input(page).pressSequentially(":pop");
        assertThat(offered(page).first()).containsText("party popper"); // used lately
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_only_looks_like_the_beginning_of_an_emoji_stays_what_it_is() {
        Page page = inRoom();
        List<String> loaded = new ArrayList<>();
        page.onRequest(request -> loaded.add(request.url()));
        for (String text : new String[] {":) ", ":D ", "10:30 ", "http://ab ", "std::vector ", ": no "}) {
            input(page).pressSequentially(text);
            assertThat(page.locator("#suggestions")).isHidden();
        }
        page.keyboard().press("Enter");
        assertThat(page.locator(".msg .body").last()).containsText(":) :D 10:30");
        assertThat(loaded).noneMatch(url -> url.contains("/vendor/"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void names_come_in_the_language_of_the_page_and_what_was_learned_elsewhere_counts_too() {
        does(ana, "PATCH", "me", "{\"language\": \"ru\"}");
        Page page = inRoom();
        input(page).pressSequentially(":хлоп");
        assertThat(offered(page)
                        .filter(new Locator.FilterOptions().setHasText("хлопушка"))
                        .first())
                .isVisible();
        input(page).fill("");
        input(page).pressSequentially(":tada");
        assertThat(offered(page).first()).containsText("🎉");
        page.keyboard().press("Enter");
        assertThat(input(page)).hasValue("🎉 ");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_picker_is_used_by_keyboard_alone() {
        Page page = inRoom();
        input(page).pressSequentially("onetwo");
        for (int i = 0; i < 3; i++) {
            page.keyboard().press("ArrowLeft");
        }
        page.keyboard().press("Tab");
        assertThat(page.locator("#emoji")).isFocused();
        page.keyboard().press("Enter");
        assertThat(picker(page).locator("input")).isFocused();
        assertThat(groups(page)).hasCount(9);
        page.keyboard().press("ArrowDown");
        assertThat(picker(page).locator("button:focus")).hasAccessibleName("grinning face");
        assertThat(picker(page).locator(".emoji-name")).hasText("grinning face");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowUp");
        assertThat(picker(page).locator("button:focus")).hasAccessibleName("grinning face with big eyes");
        assertThat(picker(page).locator("[tabindex='0']")).hasCount(1);
        page.keyboard().press("End");
        assertThat(picker(page).locator("button:focus")).hasAccessibleName(Pattern.compile("flag: .*"));
        page.keyboard().press("Home");
        page.keyboard().press("ArrowUp");
        assertThat(picker(page).locator("input")).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().type("rocket");
        assertThat(picker(page).locator("input")).hasValue("rocket");
        assertThat(groups(page)).hasCount(1);
        page.keyboard().press("Enter");
        assertThat(picker(page)).isHidden();
        assertThat(input(page)).isFocused();
        assertThat(input(page)).hasValue("one🚀two");
        opens(page);
        assertThat(groups(page).first()).hasAccessibleName("Recently used");
        assertThat(groups(page).first().locator("button")).hasText(new String[] {"🚀"});
        picker(page).locator("input").fill("no such thing");
        assertThat(picker(page).locator(".emoji-name")).hasText("No emoji of this name.");
        page.keyboard().press("Escape"); // of a search field: it empties it
        assertThat(picker(page).locator("input")).hasValue("");
        page.keyboard().press("Escape");
        assertThat(picker(page)).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void emoji_that_cannot_be_loaded_are_asked_for_again() {
        Page page = inRoom();
        page.route(Pattern.compile(".*/emoji-en.json"), route -> route.abort());
        page.click("#emoji");
        assertThat(picker(page).locator(".emoji-name")).hasText("That did not work. Try again in a moment.");
        page.keyboard().press("Escape");
        page.unroute(Pattern.compile(".*/emoji-en.json"));
        opens(page);
        groups(page).first().locator("button").first().click();
        assertThat(input(page)).hasValue("😀");
    }

    @Test
    void a_picker_that_cannot_be_loaded_says_so_and_posts_nothing() {
        Page page = inRoom();
        page.route("**/emoji-picker.js", Route::abort);
        input(page).fill("half a sentence");
        page.click("#emoji");
        assertThat(picker(page).locator(".emoji-name")).hasText("That did not work. Try again in a moment.");
        assertThat(picker(page).locator("input")).isFocused();
        page.keyboard().type("smile");
        page.keyboard().press("Enter");
        page.keyboard().press("Escape");
        assertThat(input(page)).hasValue("half a sentence");
        assertThat(page.locator(".msg")).hasCount(0);
    }

    @Test
    void emoji_look_well_everywhere() {
        String room = newRoom();
        makes(ana, room, "closed", bo);
        for (Look look : Look.EVERYWHERE) {
            Page page = browser.newPerson(look.window());
            page.context().addCookies(List.of(new Cookie("foyer_session", ana.session()).setUrl(node().origin())));
            enter(page, room);
            input(page).pressSequentially("so :smil");
            assertThat(offered(page).first()).isVisible();
            look.at(page, "emoji-offered");
            page.keyboard().press("Enter");
            opens(page);
            look.at(page, "emoji-picker");
            picker(page).locator("input").fill("heart");
            assertThat(groups(page)).hasCount(1);
            groups(page).locator("button").nth(3).focus();
            look.at(page, "emoji-found");
            page.context().close();
        }
        assertThat(browser.complaints()).isEmpty();
    }
}
