package chat.foyer.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts that a module cannot run without. Stateless. */
final class Imports {
    /** An import declaration of a neighbour; what a script asks for later, by {@code import(…)}, is none. */
    private static final Pattern DECLARATION =
            Pattern.compile("^(?:import|export)\\s(?:[^'\";]*\\sfrom\\s*)?['\"]\\./([^'\"]+)['\"]", Pattern.MULTILINE);

    private Imports() {}

    /**
     * This module and those that it imports, and those that they import, each once, the nearest first.
     *
     * @param source gives the text of a module by its name
     */
    static Set<String> of(String module, UnaryOperator<String> source) {
        Set<String> found = new LinkedHashSet<>(Set.of(module));
        Deque<String> unread = new ArrayDeque<>(found);
        while (!unread.isEmpty()) {
            Matcher declaration = DECLARATION.matcher(source.apply(unread.remove()));
            while (declaration.find()) {
                if (found.add(declaration.group(1))) {
                    unread.add(declaration.group(1));
                }
            }
        }
        return found;
    }
}
