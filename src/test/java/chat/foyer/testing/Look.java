package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A way to look at a page: leaves a picture below {@code target/screenshots} for whoever changes it, and checks what can be
 * told without eyes.
 *
 * @param width of the window, in pixels
 */
public record Look(ColorScheme scheme, int width) {
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;

    /** Desktop, tablet, phone and the smallest phone; in the dark only colours differ. */
    public static final List<Look> EVERYWHERE = List.of(
            new Look(ColorScheme.LIGHT, DESKTOP),
            new Look(ColorScheme.LIGHT, 900),
            new Look(ColorScheme.LIGHT, PHONE),
            new Look(ColorScheme.LIGHT, 320),
            new Look(ColorScheme.DARK, DESKTOP),
            new Look(ColorScheme.DARK, PHONE));

    /** The widest and the narrowest, for what differs from what was looked at everywhere in the length of its words. */
    public static final List<Look> WIDE_AND_NARROW =
            List.of(new Look(ColorScheme.LIGHT, DESKTOP), new Look(ColorScheme.LIGHT, 320));

    /** For a window in which pages are looked at like this. */
    public NewContextOptions window() {
        return new NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, width == 320 ? 480 : 800)
                .setReducedMotion(ReducedMotion.REDUCE) // or a picture is taken in the middle of one
                .setBypassCSP(true); // axe injects its script
    }

    /** Takes a picture of the window; nothing is cut off at the sides, and axe finds nothing serious. */
    public void at(Page page, String what) {
        String name = name(what);
        picture(page, name);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("%s does not scroll sideways", name)
                .isLessThanOrEqualTo(width);
        if (width == DESKTOP || width == PHONE && scheme == ColorScheme.LIGHT) { // elsewhere it would find the same
            assertAccessible(page, name);
        }
    }

    /** What a picture is called in which something is looked at like this. */
    public String name(String what) {
        return what + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
    }

    /** Takes a picture of what the window shows. */
    public static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    /** Axe finds nothing serious. */
    public static void assertAccessible(Page page, String what) {
        assertThat(new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact())))
                .as(what)
                .isEmpty();
    }
}
