package chat.foyer.format;

import chat.foyer.format.Formatting.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Reads a text as CommonMark and writes it as HTML, without what does not belong into a chat: headings, rules, images,
 * indented code and HTML stay the characters they are. A line break is a line break. Thread-safe.
 */
final class Markdown {
    static final String REL = "noopener noreferrer nofollow";
    static final String TARGET = "_blank";

    /** Blocks in blocks, and likewise marks in marks: what is nested deeper is text, or walking it would overflow the stack. */
    static final int DEEPEST = 20;

    private static final List<Extension> EXTENSIONS =
            List.of(StrikethroughExtension.builder().requireTwoTildes(true).build(), AutolinkExtension.create());

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .enabledBlockTypes(Set.of(BlockQuote.class, FencedCodeBlock.class, ListBlock.class))
            .maxOpenBlockParsers(DEEPEST)
            .maxInlineNesting(DEEPEST)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .nodeRendererFactory(MentionNode.Renderer::new)
            .attributeProviderFactory(context -> Markdown::setAttributes)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new Addresses())
            .softbreak("<br />")
            .omitSingleParagraphP(true)
            .build();

    private Markdown() {}

    /** Empty when the text, shown as it is, shows all. */
    static Optional<String> html(Source source) {
        Node document = PARSER.parse(source.body());
        ChatNodes nodes = new ChatNodes(source);
        document.accept(nodes);
        return nodes.sayMoreThanText() ? Optional.of(RENDERER.render(document)) : Optional.empty();
    }

    /** Where in a text handles mention; empty when it is shown as it is, since it is too large. */
    static Optional<List<String>> prose(String text) {
        Node document = PARSER.parse(text);
        ChatNodes nodes = new ChatNodes(new Source(text, Set.of()));
        document.accept(nodes);
        return nodes.prose();
    }

    private static void setAttributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof FencedCodeBlock) {
            attributes.remove("class"); // the language, which nothing here makes use of
        } else if (node instanceof Link link) {
            if (RoomLinks.isAddress(link.getDestination())) {
                attributes.remove("rel");
                attributes.put("class", RoomLinks.CLASS);
            } else {
                attributes.put("rel", REL);
                attributes.put("target", TARGET);
            }
        }
    }
}
