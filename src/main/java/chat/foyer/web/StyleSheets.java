package chat.foyer.web;

import java.net.URI;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Style sheets as they are sent: one request brings a page all of its styles, however many files they are kept in. Stateless. */
final class StyleSheets {
    /** An import (CSS Cascading and Inheritance §2) that stands on a line of its own, and has no conditions. */
    private static final Pattern IMPORT = Pattern.compile("^@import \"([^\"]+)\";$", Pattern.MULTILINE);

    private StyleSheets() {}

    /**
     * A style sheet with those that it imports in the places of its imports.
     *
     * @param path with slashes; an import's address is relative to it
     * @param source gives the text of a style sheet by its path
     */
    static String whole(String path, UnaryOperator<String> source) {
        return IMPORT.matcher(source.apply(path))
                .replaceAll(
                        declaration -> Matcher.quoteReplacement(whole(resolved(declaration.group(1), path), source)));
    }

    private static String resolved(String address, String path) {
        return URI.create(path).resolve(address).getPath();
    }
}
