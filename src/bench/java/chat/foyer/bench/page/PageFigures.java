package chat.foyer.bench.page;

import chat.foyer.testing.Browser;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures the page of a room in Chromium, on both servers: how soon a busy one is painted, and how a long one scrolls.
 * Prints the figures; docs/page.md says how to run it and what they were.
 */
public final class PageFigures {
    private static final int ROOMS = 60;
    private static final int MARKED_UP = 50;
    private static final int LONG = 10_000;

    private final Node node;
    private final Someone reader;

    private PageFigures(Node node) {
        this.node = node;
        this.reader = People.of(node).administrator();
    }

    public static void main(String[] arguments) {
        String wanted = System.getProperty("bench.server", "all");
        for (Kind kind : Kind.values()) {
            if (wanted.equals("all") || wanted.equalsIgnoreCase(kind.name())) {
                measure(kind);
            }
        }
        System.exit(0); // Playwright's driver would go on
    }

    private static void measure(Kind kind) {
        Map<String, String> settings = new TreeMap<>(Map.of("foyer.setup-token", People.SETUP_TOKEN));
        for (String limit : new String[] {"rate", "burst", "sign-in", "sockets-per-address"}) {
            settings.put("foyer.limits." + limit, "off");
        }
        try (ServerProcess server = ServerProcess.start(kind, settings);
                Browser browser = Browser.start()) {
            PageFigures figures = new PageFigures(server.node());
            figures.furnish();
            System.out.println(
                    kind + ", busy room, " + new FirstPaint(browser, server.node(), figures.reader).of("busy"));
            System.out.println(
                    kind + ", long room, " + new LongScroll(browser, server.node(), figures.reader).of("long", LONG));
        }
    }

    private void furnish() {
        Rooms rooms = new Rooms(node);
        for (int i = 1; i < ROOMS; i++) {
            rooms.make(reader, "project-%02d".formatted(i), i % 3 == 0 ? "closed" : "open");
        }
        rooms.make(reader, "busy", "open");
        rooms.make(reader, "long", "open");
        speak("busy", MARKED_UP);
        speak("long", LONG);
    }

    private void speak(String room, int messages) {
        try (ChatClient speaker = ChatClient.plain(node, room)) {
            for (int i = 1; i <= messages; i++) {
                speaker.says(text(i));
            }
            speaker.hears(messages);
        }
    }

    private static String text(int number) {
        return switch (number % 4) {
            case 0 ->
                "**line %d.** is `built`, see [the page](https://example.org/builds/%<d) and\n\n- one\n- two _of_ many"
                        .formatted(number);
            case 1 -> "line %d. What does everybody think of it?".formatted(number);
            case 2 ->
                "line %d.\n\n```java\nfinal int one = %<d;\nreturn one * 2;\n```\n> and what was said before"
                        .formatted(number);
            default ->
                "line %d. ".formatted(number) + "A longer remark that goes over several lines of the page. ".repeat(6);
        };
    }
}
