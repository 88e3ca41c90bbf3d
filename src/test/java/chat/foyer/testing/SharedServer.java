package chat.foyer.testing;

import chat.foyer.testing.ServerProcess.Kind;
import java.nio.file.Path;
import java.util.Map;

/**
 * A test of a node that it need not have for itself: one server with the built WAR for all such classes, since starting one
 * takes half a minute on a small machine. So rooms and people have names that no other test uses, and nothing is expected of
 * what is the whole server's. What must begin with a fresh server or breaks it starts a {@link ServerProcess} of its own.
 */
public abstract class SharedServer {
    /** Started by the first class that needs it; ends with this JVM. */
    private static final class Started {
        static final ServerProcess SERVER = ServerProcess.start(
                Kind.current(), Map.of("foyer.limits.sign-in", "off", "foyer.setup-token", People.SETUP_TOKEN));
    }

    protected static Node node() {
        return Started.SERVER.node();
    }

    /** What the server has logged so far. */
    protected static String log() {
        return Started.SERVER.log();
    }

    protected static Path dataDirectory() {
        return Started.SERVER.dataDirectory();
    }
}
