package chat.foyer.bench.report;

import java.util.Locale;

/** A picture that can be read on light and on dark, and aloud. One thread. */
final class Svg {
    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" \
            aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="14">
            <title id="title">%3$s</title>
            <desc id="desc">%4$s</desc>
            <style>
              :root { --page: #fff; --ink: #1b1f27; --quiet: #5a6372; --rule: #d5d9e0; --one: #1f5fd6; --two: #9a5b00; --other: #858e9c }
              @media (prefers-color-scheme: dark) {
                :root { --page: #14171c; --ink: #e8eaee; --quiet: #a3abb8; --rule: #3a414d; --one: #7aa7ff; --two: #e0a458; --other: #6c7686 }
              }
              .page { fill: var(--page) } text { fill: var(--ink) } .quiet { fill: var(--quiet); font-size: 12px }
              .rule { stroke: var(--rule) } .one { fill: var(--one) } .two { fill: var(--two) } .other { fill: var(--other) }
              polyline { fill: none; stroke-width: 2 } polyline.one { fill: none; stroke: var(--one) }
              polyline.two { fill: none; stroke: var(--two); stroke-dasharray: 7 4 }
            </style>
            <rect class="page" width="%1$d" height="%2$d"/>
            """;

    private final StringBuilder text = new StringBuilder();

    /** @param description everything that the picture shows, for who does not see it */
    Svg(int width, int height, String title, String description) {
        text.append(HEAD.formatted(width, height, escaped(title), escaped(description)));
    }

    void bar(double x, double y, double width, double height, String type) {
        text.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>%n",
                type,
                x,
                y,
                width,
                height));
    }

    /** @param anchor start, middle or end */
    void words(double x, double y, String anchor, String type, String words) {
        text.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                type,
                x,
                y,
                anchor,
                escaped(words)));
    }

    void rule(double fromX, double fromY, double toX, double toY) {
        text.append(String.format(
                Locale.ROOT,
                "<line class=\"rule\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                fromX,
                fromY,
                toX,
                toY));
    }

    void dot(double x, double y, String type) {
        text.append(String.format(Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n", type, x, y));
    }

    /** @param points pairs of x and y */
    void polyline(double[] points, String type) {
        text.append("<polyline class=\"").append(type).append("\" points=\"");
        for (int i = 0; i < points.length; i += 2) {
            text.append(String.format(Locale.ROOT, "%s%.1f,%.1f", i == 0 ? "" : " ", points[i], points[i + 1]));
        }
        text.append("\"/>\n");
    }

    String end() {
        return text + "</svg>\n";
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
