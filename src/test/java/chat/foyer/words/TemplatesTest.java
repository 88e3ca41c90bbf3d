package chat.foyer.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** No view says anything to people but by {@link Words}. */
class TemplatesTest {
    private static final Path VIEWS = Path.of("src/main/webapp/WEB-INF");

    /** What is read, seen or heard; of parameters those that become one of these. */
    private static final Set<String> READ = Set.of("title", "aria-label", "placeholder", "alt", "data-ask");

    private static final Set<String> PARAMETERS_READ = Set.of("label", "hint", "title");

    /** Names are the same in every language: ours, that of the time, and those on keyboards. */
    private static final Pattern NAMES = Pattern.compile("\\b(Foyer|UTC)\\b");

    private static final Pattern EXPRESSION = Pattern.compile("#\\{[^}]*}");

    /** What an expression says by itself: it begins with a capital or has several words. */
    private static final Pattern LITERAL = Pattern.compile("'(\\p{Lu}[^']*|[^']*\\p{L} \\p{L}[^']*)'");

    private static final Set<String> KEYS = Set.of("'Ctrl'", "'Shift'", "'Enter'", "'Tab'", "'Esc'", "'Del'");

    static Stream<Path> views() throws IOException {
        return Files.walk(VIEWS)
                .filter(file -> file.toString().endsWith(".xhtml"))
                .filter(file -> !file.endsWith("plain.xhtml")); // the page of the tutorial is English in every language
    }

    @ParameterizedTest
    @MethodSource("views")
    void no_view_has_words_of_its_own(Path view) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        List<String> found = new ArrayList<>();
        collect(parser.parse(view.toFile()).getDocumentElement(), found);
        assertThat(found).isEmpty();
    }

    private static void collect(Element element, List<String> found) {
        for (String read : READ) {
            check(element.getAttribute(read), found);
        }
        boolean isRead = PARAMETERS_READ.contains(element.getAttribute("name"))
                && element.getTagName().equals("ui:param");
        boolean isButton = element.getTagName().equals("input")
                && element.getAttribute("type").equals("button");
        if (isRead || isButton) {
            check(element.getAttribute("value"), found);
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, found);
            } else if (child.getNodeType() == Node.TEXT_NODE
                    && !element.getTagName().equals("kbd")) {
                check(child.getTextContent(), found);
            }
        }
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            expressions(element.getAttributes().item(i).getNodeValue(), found);
        }
    }

    private static void check(String text, List<String> found) {
        String itself = NAMES.matcher(EXPRESSION.matcher(text).replaceAll("")).replaceAll("");
        if (itself.codePoints().anyMatch(Character::isLetter)) {
            found.add(itself.strip());
        }
        expressions(text, found);
    }

    private static void expressions(String text, List<String> found) {
        EXPRESSION
                .matcher(text)
                .results()
                .forEach(expression -> LITERAL.matcher(expression.group())
                        .results()
                        .map(literal -> literal.group())
                        .filter(literal -> !KEYS.contains(literal))
                        .forEach(found::add));
    }
}
