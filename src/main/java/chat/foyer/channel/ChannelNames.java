package chat.foyer.channel;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What channels and groups may be called, and what a name says. Thread-safe. */
public final class ChannelNames {
    // not \w or \d, which admit other alphabets, and matches() rather than $, which admits a trailing newline
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final Pattern CHANNEL = Pattern.compile("(?=.{1,100}\\z)[A-Za-z0-9_.-]+(![A-Za-z0-9_.-]+)?");
    private static final SecureRandom RANDOM = new SecureRandom();

    private ChannelNames() {}

    /** Returns the name of a group, or refuses it. */
    public static String requireGroup(String name) {
        return require(GROUP, name, "A group name has 1 to 100 ASCII letters, digits, '-', '_' or '.'");
    }

    /** Returns the name of a channel, or refuses it. */
    public static String requireChannel(String name) {
        return require(
                CHANNEL,
                name,
                "A channel name has 1 to 100 ASCII letters, digits, '-', '_' or '.', and at most one '!' between them");
    }

    private static String require(Pattern pattern, String name, String rule) {
        if (!pattern.matcher(name).matches()) {
            throw new IllegalArgumentException(rule);
        }
        return name;
    }

    /**
     * Where the events of a channel wait outside of the process that receives them: under its name, of a process-specific one
     * under the part up to and including the {@code !}.
     */
    public static String mailbox(String channel) {
        int mark = channel.indexOf('!');
        return mark < 0 ? channel : channel.substring(0, mark + 1);
    }

    /** The process that alone receives from a channel: what stands between the last dot and the {@code !}. */
    public static Optional<String> owner(String channel) {
        int mark = channel.indexOf('!');
        return mark < 0 ? Optional.empty() : Optional.of(channel.substring(channel.lastIndexOf('.', mark) + 1, mark));
    }

    /** Random hexadecimal digits that no two calls share: 64 bits. */
    public static String random() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
