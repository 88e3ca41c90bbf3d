package chat.foyer.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How many unread events the channels of a layer keep: the first rule that matches a name decides, else the usual number.
 * Immutable.
 *
 * @param usual for a channel that no rule is about
 * @param rules in the order in which they are asked
 */
public record Capacities(int usual, List<Rule> rules) {
    /** 100 for every channel. */
    public static final Capacities USUAL = new Capacities(100, List.of());

    private static final int MAX = 1_000_000;
    private static final String SYNTAX =
            "write name=number, separated by commas, with * and ? in names or a regular expression"
                    + " between slashes: thumbnails.*=1000, /job-[0-9]+/=10";
    private static final Pattern RULE =
            Pattern.compile("\\s*(?:/((?:[^/\\\\]|\\\\.)+)/|([A-Za-z0-9_.!*?-]+))\\s*=\\s*(\\d{1,7})\\s*(?:,|\\z)");

    /**
     * What holds for channels with some names. Immutable.
     *
     * @param names the whole of a name, of a process-specific one up to and including the {@code !}
     */
    public record Rule(Pattern names, int capacity) {
        public Rule {
            requireCapacity(capacity);
        }
    }

    public Capacities {
        requireCapacity(usual);
        rules = List.copyOf(rules);
    }

    /** How many unread events a channel of this name keeps, of which only the part up to the {@code !} counts. */
    public int of(String channel) {
        if (rules.isEmpty()) {
            return usual;
        }
        String name = channel.substring(0, channel.indexOf('!') + 1);
        String asked = name.isEmpty() ? channel : name;
        for (Rule rule : rules) {
            if (rule.names().matcher(asked).matches()) {
                return rule.capacity();
            }
        }
        return usual;
    }

    static List<Rule> parseRules(String text) {
        List<Rule> rules = new ArrayList<>();
        Matcher rule = RULE.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!rule.find(end) || rule.start() != end) {
                throw new IllegalArgumentException(SYNTAX);
            }
            rules.add(new Rule(
                    rule.group(1) == null ? glob(rule.group(2)) : expression(rule.group(1)),
                    Integer.parseInt(rule.group(3))));
            end = rule.end();
        }
        return rules;
    }

    static int requireCapacity(int capacity) {
        if (capacity < 1 || capacity > MAX) {
            throw new IllegalArgumentException("write capacities from 1 to " + MAX);
        }
        return capacity;
    }

    private static Pattern glob(String glob) {
        StringBuilder pattern = new StringBuilder();
        for (char letter : glob.toCharArray()) {
            pattern.append(
                    switch (letter) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(letter));
                    });
        }
        return Pattern.compile(pattern.toString());
    }

    private static Pattern expression(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(SYNTAX + "; /" + text + "/ is no regular expression", e);
        }
    }
}
