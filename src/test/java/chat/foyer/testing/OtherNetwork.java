package chat.foyer.testing;

import java.util.Optional;

/**
 * A network of its own for one server, by a network namespace of Linux: clients reach it by one cable, what it needs by
 * another that can be pulled. Needs root and {@code ip}.
 */
public final class OtherNetwork implements AutoCloseable {
    /** Where the other side finds what this side offers. */
    public static final String BACKSTAGE = "10.77.0.1";

    /** Where this side finds the server on the other. */
    public static final String STAGE = "10.77.1.2";

    private static final String NAME = "foyer-faults";

    private OtherNetwork() {}

    /** Empty where this user may not make networks. */
    public static Optional<OtherNetwork> lay() {
        Command.succeeds("ip", "netns", "delete", NAME); // of a run that was killed
        if (!Command.succeeds("ip", "netns", "add", NAME)) {
            return Optional.empty();
        }
        OtherNetwork network = new OtherNetwork();
        cable("fo-back", BACKSTAGE, "10.77.0.2");
        cable("fo-stage", "10.77.1.1", STAGE);
        inside("ip", "link", "set", "lo", "up");
        return Optional.of(network);
    }

    private static void cable(String name, String here, String there) {
        Command.run("ip", "link", "add", name, "type", "veth", "peer", "name", name + "2", "netns", NAME);
        Command.run("ip", "addr", "add", here + "/24", "dev", name);
        Command.run("ip", "link", "set", name, "up");
        inside("ip", "addr", "add", there + "/24", "dev", name + "2");
        inside("ip", "link", "set", name + "2", "up");
    }

    private static void inside(String... command) {
        String[] whole = new String[command.length + 4];
        System.arraycopy(prefix(), 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        Command.run(whole);
    }

    /** What runs a command on the other side. */
    public static String[] prefix() {
        return new String[] {"ip", "netns", "exec", NAME};
    }

    /** Packets of what the server needs get lost. */
    public void pull() {
        Command.run("ip", "link", "set", "fo-back", "down");
    }

    public void plugIn() {
        Command.run("ip", "link", "set", "fo-back", "up");
    }

    @Override
    public void close() {
        Command.run("ip", "netns", "delete", NAME); // and the cables with it
    }
}
