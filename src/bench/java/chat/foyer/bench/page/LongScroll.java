package chat.foyer.bench.page;

import chat.foyer.testing.Browser;
import chat.foyer.testing.Node;
import chat.foyer.testing.People.Someone;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.Locale;

/**
 * Scrolls through a room from its end to its first message and back, and tells the longest tasks of the browser's main
 * thread meanwhile, the rows and the memory that the page holds.
 *
 * @param reader whose page it is
 */
record LongScroll(Browser browser, Node node, Someone reader) {
    private static final int STEP = 600; // px, three turns of a wheel

    private static final String WATCH = """
            () => {
              window.tasks = [];
              window.mostRows = 0;
              new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)))
                .observe({ type: 'longtask' });
              const rows = document.getElementById('rows');
              new MutationObserver(() => { window.mostRows = Math.max(window.mostRows, rows.childElementCount); })
                .observe(rows, { childList: true });
            }""";

    /** @param last the number of the last message, whose text begins with "line" and the number, as those before it */
    String of(String room, int last) {
        try (Page page = browser.newPerson()) {
            page.context().addCookies(List.of(new Cookie("foyer_session", reader.session()).setUrl(node.origin())));
            page.navigate(node.page("chat/" + room + "/").toString());
            page.locator("#connection[data-state=live]").waitFor();
            CDPSession session = page.context().newCDPSession(page);
            session.send("Performance.enable");
            page.evaluate(WATCH);
            page.locator("#log").hover();
            long begun = System.nanoTime();
            scroll(page, -STEP, "#beginning:not([hidden])");
            String up = figures(page, session, begun);
            begun = System.nanoTime();
            page.evaluate("() => { window.tasks = []; }");
            scroll(page, STEP, ".msg[data-seq='" + last + "']");
            return "up: " + up + "; down: " + figures(page, session, begun);
        }
    }

    private static void scroll(Page page, int step, String until) {
        int steps = 0;
        while (steps++ % 10 != 0 || page.locator(until).count() == 0) {
            page.mouse().wheel(0, step);
        }
    }

    private static String figures(Page page, CDPSession session, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        session.send("HeapProfiler.collectGarbage");
        return String.format(
                Locale.ROOT,
                "%.0f s, tasks over 50 ms: %s, most rows %s, heap %.1f MB, nodes %.0f",
                seconds,
                page.evaluate("JSON.stringify(window.tasks)"),
                page.evaluate("window.mostRows"),
                metric(session, "JSHeapUsedSize") / 1e6,
                metric(session, "Nodes"));
    }

    private static double metric(CDPSession session, String name) {
        for (JsonElement each : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject metric = each.getAsJsonObject();
            if (metric.get("name").getAsString().equals(name)) {
                return metric.get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("The browser tells no " + name);
    }
}
