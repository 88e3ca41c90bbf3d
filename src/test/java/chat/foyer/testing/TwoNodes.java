package chat.foyer.testing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A test of two nodes as they were built; all such classes share them, so rooms and people have names that no other test
 * uses. The next class has back what a test took away.
 */
public abstract class TwoNodes extends NodePair {

    @BeforeAll
    static void startNodes() {
        cluster = Cluster.shared();
    }

    @AfterAll
    static void leaveNodes() {
        cluster = null; // whoever has nodes of its own ends no others
    }
}
