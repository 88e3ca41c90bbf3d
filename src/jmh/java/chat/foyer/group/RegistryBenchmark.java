package chat.foyer.group;

import chat.foyer.channel.LayerOptions;
import chat.foyer.channel.MemoryChannelLayer;
import chat.foyer.database.Database;
import chat.foyer.message.Committed;
import chat.foyer.message.MessageStore;
import chat.foyer.room.RoomName;
import chat.foyer.testing.TestConfiguration;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the registry costs among so many rooms: to find the room of a commit, and for somebody who comes and goes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RegistryBenchmark {
    @Param({"10", "10000"})
    int rooms;

    private final GroupRegistry registry = new GroupRegistry();
    private final Threads threads = new Threads();
    private Database database;
    private RoomName[] names;
    private int next;
    private long number;

    @Setup
    public void open() throws IOException {
        database = Database.open(TestConfiguration.of(
                Map.of("foyer.data-dir", Files.createTempDirectory("registry").toString())));
        threads.containerThreads = new PlainThreads();
        threads.start();
        registry.threads = threads;
        registry.layer = new MemoryChannelLayer("node", LayerOptions.USUAL);
        registry.database = database;
        registry.store = new EmptyStore();
        registry.listeners = none();
        registry.start();
        names = new RoomName[rooms];
        for (int i = 0; i < rooms; i++) {
            names[i] = new RoomName("room-" + i);
            registry.prepare(names[i]).toCompletableFuture().join();
        }
    }

    /** For nobody: what it does is the feed's, measured by {@link FeedBenchmark}. */
    @Benchmark
    public void committed() {
        number++;
        registry.committed(List.of(new Committed(Members.message(new RoomName("elsewhere"), number), false, true)));
    }

    @Benchmark
    public boolean come_and_go() {
        next = (next + 1) % rooms;
        Connection connection = Members.in(names[next]);
        registry.join(connection, OptionalLong.empty(), Members.welcoming(connection));
        return registry.leave(connection);
    }

    @TearDown
    public void close() {
        registry.stop();
        threads.stop();
        database.close();
    }

    private static final class EmptyStore extends MessageStore {
        @Override
        public Map<RoomName, Long> heads(Collection<RoomName> asked) {
            return asked.stream().collect(Collectors.toMap(room -> room, room -> 0L));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Instance<T> none() {
        return (Instance<T>) Proxy.newProxyInstance(
                Instance.class.getClassLoader(), new Class<?>[] {Instance.class}, (self, method, arguments) -> null);
    }

    private static final class PlainThreads implements ManagedThreadFactory {
        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        }
    }
}
