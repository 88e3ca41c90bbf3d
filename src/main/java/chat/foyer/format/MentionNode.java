package chat.foyer.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Where a text mentions somebody; knows who it is, so that the page can tell whether it is the reader. */
final class MentionNode extends CustomNode {
    static final String CLASS = "mention";
    static final String PERSON = "data-person";

    private final String person;
    private final String words;

    /** @param words the {@code @} and the handle, as the author wrote them */
    MentionNode(String person, String words) {
        this.person = person;
        this.words = words;
    }

    /** Writes them. */
    static final class Renderer implements NodeRenderer {
        private final HtmlWriter html;

        Renderer(HtmlNodeRendererContext context) {
            html = context.getWriter();
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(MentionNode.class);
        }

        @Override
        public void render(Node node) {
            MentionNode mention = (MentionNode) node;
            Map<String, String> attributes = new LinkedHashMap<>(); // the same HTML on every node
            attributes.put("class", CLASS);
            attributes.put(PERSON, mention.person);
            html.tag("span", attributes);
            html.text(mention.words);
            html.tag("/span");
        }
    }
}
