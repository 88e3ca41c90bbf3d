package chat.foyer.format;

import chat.foyer.format.Formatting.Source;
import chat.foyer.message.Mention;
import chat.foyer.message.Mentions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;

/**
 * Makes a chat message of a document: mentions and links to rooms where its text has them, links instead of images, and
 * what must not be, as it was typed, so that nothing that somebody wrote gets lost. Walks one document once; not
 * thread-safe.
 */
final class ChatNodes extends AbstractVisitor {
    private static final List<Class<? extends Node>> PLAIN =
            List.of(Document.class, Paragraph.class, SoftLineBreak.class, HardLineBreak.class);

    static final int MOST_NODES = 1_000; // a text of more is shown as it is, or hostile ones would take milliseconds

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Source source;
    private final Map<String, String> people = new HashMap<>(); // their ids, by handle
    private final StringBuilder text = new StringBuilder(); // what is seen
    private final List<String> prose = new ArrayList<>(); // where handles mention
    private boolean marked;
    private boolean inLink;
    private int nodes;
    private int addressChars; // one address may be referred to from many places

    /** A part of a text that becomes something else. */
    private record Piece(int end, Node node) {}

    ChatNodes(Source source) {
        this.source = source;
        for (Mention mention : source.mentions()) {
            people.put(mention.handle(), mention.person());
        }
    }

    /** Whether the document that was walked shows what its source does not, anything at all, and is not too large. */
    boolean sayMoreThanText() {
        String seen = withoutSpace(text);
        return (marked || !seen.equals(withoutSpace(source.body()))) && !seen.isEmpty() && !isTooLarge();
    }

    /** Where in the document that was walked handles mention; empty when it is too large to be shown as one. */
    Optional<List<String>> prose() {
        return isTooLarge() ? Optional.empty() : Optional.of(prose);
    }

    private boolean isTooLarge() {
        return nodes > MOST_NODES || addressChars > Formatting.MOST_HTML;
    }

    /** Of a text without marks it is kept, so it makes no difference. */
    private static String withoutSpace(CharSequence characters) {
        return SPACE.matcher(characters).replaceAll("");
    }

    @Override
    protected void visitChildren(Node parent) {
        marked |= PLAIN.stream().noneMatch(type -> type.isInstance(parent));
        nodes++;
        if (!isTooLarge()) {
            super.visitChildren(parent);
        }
    }

    @Override
    public void visit(Code code) {
        marked = true;
        text.append(code.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock code) {
        marked = true;
        text.append(code.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        replace(html, List.of(new Text(html.getLiteral())));
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
        Paragraph paragraph = new Paragraph();
        asTyped(definition).forEach(paragraph::appendChild);
        definition.insertBefore(paragraph);
        definition.unlink();
        paragraph.accept(this);
    }

    @Override
    public void visit(Link link) {
        addressChars += link.getDestination().length();
        if (isTooLarge()) {
            return;
        }
        if (inLink
                || !Addresses.safe(
                        link.getDestination())) { // an image, which is a link now, may have some in its words
            replace(link, asTyped(link));
            return;
        }
        link.setTitle(null);
        if (link.getFirstChild() == null) {
            link.appendChild(new Text(link.getDestination()));
        }
        inLink = true;
        visitChildren(link);
        inLink = false;
    }

    @Override
    public void visit(Image image) {
        if (inLink || !Addresses.safe(image.getDestination())) {
            replace(image, asTyped(image));
            return;
        }
        Link link = new Link(image.getDestination(), null);
        while (image.getFirstChild() != null) {
            link.appendChild(image.getFirstChild());
        }
        image.insertBefore(link);
        image.unlink();
        visit(link);
    }

    @Override
    public void visit(Text node) {
        nodes++;
        String literal = node.getLiteral();
        text.append(literal);
        if (inLink) {
            return;
        }
        prose.add(literal);
        TreeMap<Integer, Piece> pieces = pieces(literal);
        if (pieces.isEmpty()) {
            return;
        }
        marked = true;
        int from = 0;
        for (Map.Entry<Integer, Piece> piece : pieces.entrySet()) {
            insert(literal.substring(from, piece.getKey()), node);
            node.insertBefore(piece.getValue().node());
            from = piece.getValue().end();
        }
        insert(literal.substring(from), node);
        node.unlink();
    }

    private static void insert(String literal, Node before) {
        if (!literal.isEmpty()) {
            before.insertBefore(new Text(literal));
        }
    }

    /** By the places where they begin; a mention and a room cannot overlap, since neither begins inside of a word. */
    private TreeMap<Integer, Piece> pieces(String literal) {
        TreeMap<Integer, Piece> pieces = new TreeMap<>();
        for (Mentions.Candidate candidate : people.isEmpty() ? List.<Mentions.Candidate>of() : Mentions.in(literal)) {
            candidate.readings().stream()
                    .filter(people::containsKey)
                    .findFirst()
                    .ifPresent(handle -> {
                        int end = candidate.at() + 1 + handle.length();
                        String words = literal.substring(candidate.at(), end);
                        pieces.put(candidate.at(), new Piece(end, new MentionNode(people.get(handle), words)));
                    });
        }
        Matcher rooms = RoomLinks.in(literal);
        while (rooms.find()) {
            int begin = rooms.start();
            int end = rooms.end();
            String words = rooms.group();
            RoomLinks.to(rooms.group(1)).ifPresent(link -> {
                link.appendChild(new Text(words));
                pieces.put(begin, new Piece(end, link));
            });
        }
        return pieces;
    }

    private void replace(Node node, List<Node> others) {
        others.forEach(node::insertBefore);
        node.unlink();
        others.forEach(other -> other.accept(this));
    }

    /** The characters of the source that made this node, line by line. */
    private List<Node> asTyped(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        if (spans.isEmpty()) { // found in a text, whose characters are its own
            return List.of(node.getFirstChild());
        }
        List<Node> lines = new ArrayList<>();
        for (SourceSpan span : spans) {
            if (!lines.isEmpty()) {
                lines.add(new SoftLineBreak());
            }
            int begin = span.getInputIndex();
            lines.add(new Text(source.body().substring(begin, begin + span.getLength())));
        }
        return lines;
    }
}
