package chat.foyer.bench.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Something that shows messages to rooms, started for the benchmark and stopped with it. */
public interface Server extends AutoCloseable {

    /** Where it listens, node by node. */
    List<InetSocketAddress> nodes();

    /** The processes of its nodes. */
    List<Long> pids();

    /** The processes that work for it: a database, a bus. One server runs at a time, so that is all we started else. */
    List<Long> helpers();

    /** Megabytes of Java heap in use after a collection, over all nodes; 0 when this is no JVM. */
    double heapMbAfterCollection();

    /** Kilobytes of Java heap that are reachable, by whose classes they are of, on the first node; empty when this is no JVM. */
    Map<String, Double> heapKbByHolder();

    @Override
    void close();
}
