package chat.foyer.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Chromium: the machine's, or Playwright's own where it can be downloaded; without either the test is skipped. */
public final class Browser implements AutoCloseable {
    private static final String HOW_TO_GET_ONE =
            "browser tests, for want of a browser. Install Chromium (Debian: apt-get install chromium) and run again.";

    private static volatile boolean unobtainable; // one failed download is enough

    /** One for all tests, which begin with windows of their own: starting it takes seconds. Ends with this process. */
    private static com.microsoft.playwright.Browser running;

    private final List<BrowserContext> windows = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Browser() {}

    static { // of a page's assertions, too: a busy machine is slow, not wrong
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    public static Browser start() {
        if (running == null) {
            running = launch();
        }
        return new Browser();
    }

    private static com.microsoft.playwright.Browser launch() {
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
        Optional<Path> installed = onThisMachine();
        if (installed.isEmpty() && unobtainable) {
            return abort(HOW_TO_GET_ONE);
        }
        installed.ifPresent(options::setExecutablePath);
        Map<String, String> environment =
                installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of();
        try {
            return Playwright.create(new Playwright.CreateOptions().setEnv(environment))
                    .chromium()
                    .launch(options);
        } catch (RuntimeException e) { // Playwright wraps a download that fails in one of these
            if (installed.isPresent()) {
                throw e;
            }
            unobtainable = true;
            return abort(HOW_TO_GET_ONE);
        }
    }

    private static Optional<Path> onThisMachine() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> OnPath.find(name).stream())
                .findFirst();
    }

    /** A new window of somebody with cookies of their own. */
    public Page newPerson() {
        return newPerson(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 800));
    }

    public Page newPerson(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = running.newContext(options);
        windows.add(context);
        return watch(context.newPage());
    }

    /** Another tab of the same person. */
    public Page newTab(Page page) {
        return watch(page.context().newPage());
    }

    private Page watch(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** What the browser found fault with: script errors and violations of the content security policy. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        windows.forEach(BrowserContext::close);
    }
}
