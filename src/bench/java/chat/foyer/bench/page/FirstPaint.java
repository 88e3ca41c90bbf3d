package chat.foyer.bench.page;

import chat.foyer.testing.Browser;
import chat.foyer.testing.Node;
import chat.foyer.testing.People.Someone;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How soon a page shows something, how much it loads for that, and how soon it is live: with an empty cache, and again.
 *
 * @param reader whose page it is
 */
record FirstPaint(Browser browser, Node node, Someone reader) {
    private static final int WARM_UP = 20;
    private static final int LOADS = 30;

    private static final String FIGURES = """
            () => {
              const loads = [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')];
              return [
                performance.getEntriesByName('first-contentful-paint')[0].startTime,
                loads[0].responseStart,
                loads[0].loadEventStart,
                loads.filter(({ transferSize }) => transferSize).length,
                loads.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
              ];
            }""";
    private static final List<String> NAMES = List.of(
            "first contentful paint ms", "first byte ms", "loaded with scripts ms", "requests", "kB on the way");

    /** The medians of many loads, as text. */
    String of(String room) {
        for (int i = 0; i < WARM_UP; i++) {
            try (Page page = newWindow()) {
                load(page, room);
            }
        }
        List<List<Double>> empty = new ArrayList<>();
        List<List<Double>> again = new ArrayList<>();
        for (int i = 0; i < LOADS; i++) {
            try (Page page = newWindow()) {
                empty.add(load(page, room));
                again.add(load(page, room));
            }
        }
        return "empty cache: " + summary(empty) + "; again: " + summary(again);
    }

    private Page newWindow() {
        Page page = browser.newPerson();
        page.context().addCookies(List.of(new Cookie("foyer_session", reader.session()).setUrl(node.origin())));
        return page;
    }

    private List<Double> load(Page page, String room) {
        page.navigate(node.page("chat/" + room + "/").toString());
        page.locator("#connection[data-state=live]").waitFor();
        page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length");
        List<?> figures = (List<?>) page.evaluate(FIGURES);
        return figures.stream().map(figure -> ((Number) figure).doubleValue()).toList();
    }

    private static String summary(List<List<Double>> loads) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            int at = i;
            List<Double> values = new ArrayList<>(
                    loads.stream().map(figures -> figures.get(at)).toList());
            Collections.sort(values);
            parts.add(String.format(
                    Locale.ROOT,
                    "%s %.0f (%.0f–%.0f)",
                    NAMES.get(i),
                    values.get(values.size() / 2),
                    values.get(0),
                    values.get(values.size() - 1)));
        }
        return String.join(", ", parts);
    }
}
