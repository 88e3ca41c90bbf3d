package chat.foyer.testing;

import org.junit.jupiter.api.AfterAll;

/** A test of two nodes that the class starts for itself, in a way of its own; they end with it. */
public abstract class OwnNodes extends NodePair {

    @AfterAll
    static void stopNodes() {
        if (cluster != null) { // it may not have started
            cluster.close();
            cluster = null;
        }
    }
}
