package chat.foyer.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.bench.Contender;
import chat.foyer.bench.Figure;
import chat.foyer.bench.Sample;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartsTest {
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void bars_are_as_long_as_the_figures_are_high() throws Exception {
        measured("room-1000-saturated", Contender.PAYARA, "RICH", Figure.DELIVERIES, 1_000_000);
        measured("room-1000-saturated", Contender.WS, "PLAIN", Figure.DELIVERIES, 250_000);

        Document picture = parsed(charts().get("room-1000-saturated").svg());

        double longest = width(picture, 1); // the first is the page
        assertThat(width(picture, 2)).isEqualTo(longest / 4);
        assertThat(picture.getDocumentElement().getTextContent()).contains("Foyer, Payara", "1,000,000", "250,000");
    }

    @Test
    void a_picture_says_in_words_all_that_it_shows() throws Exception {
        measured("rooms-200x10-saturated", Contender.WILDFLY, "RICH", Figure.DELIVERIES, 105_702);
        measured("rooms-200x10-saturated", Contender.SOCKET_IO, "SOCKET_IO", Figure.DELIVERIES, 96_095);

        Document picture = parsed(charts().get("rooms-200x10-saturated").svg());

        assertThat(picture.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo(
                        "200 rooms of 10 members, saturated, deliveries/s: Foyer, WildFly 105,702, Socket.IO 96,095.");
    }

    @Test
    void what_costs_the_same_at_every_size_is_a_level_line() throws Exception {
        for (int size : List.of(10, 100, 1_000)) {
            measured("growth-members-" + size, Contender.PAYARA, "RICH", Figure.CPU_MICROS, 3.5);
        }

        Document picture = parsed(charts().get("members").svg());

        String[] points = picture.getElementsByTagName("polyline")
                .item(0)
                .getAttributes()
                .getNamedItem("points")
                .getTextContent()
                .split(" ");
        assertThat(points)
                .hasSize(3)
                .allSatisfy(point -> assertThat(point).endsWith(points[0].split(",")[1]));
    }

    @Test
    void nothing_is_drawn_of_what_stands_alone() {
        measured("room-1000-saturated", Contender.PAYARA, "RICH", Figure.DELIVERIES, 1);
        measured("growth-members-10", Contender.PAYARA, "RICH", Figure.CPU_MICROS, 1);

        assertThat(charts()).isEmpty();
    }

    private void measured(String scenario, Contender contender, String wire, String figure, double value) {
        samples.add(new Sample(scenario, contender, wire, 1, Map.of(figure, value), ""));
    }

    private Map<String, Chart> charts() {
        return new Charts(new Measured(List.of(new Results("suite", Map.of(), samples)))).all();
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double width(Document picture, int rectangle) {
        return Double.parseDouble(picture.getElementsByTagName("rect")
                .item(rectangle)
                .getAttributes()
                .getNamedItem("width")
                .getTextContent());
    }
}
