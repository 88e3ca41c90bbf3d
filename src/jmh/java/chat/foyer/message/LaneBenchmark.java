package chat.foyer.message;

import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the commit lane itself costs for each change, with a store that does nothing; from submitting to the answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LaneBenchmark {
    private static final int CHANGES = 512;
    private static final RoomName ROOM = new RoomName("lobby");
    private static final User ANA = new User("g-ana", "Ana", true);

    private final List<Change> changes = new ArrayList<>();
    private final Lane lane = new Lane(LaneBenchmark::store, committed -> {});
    private Thread thread;

    @Setup
    public void start() {
        for (int i = 0; i < CHANGES; i++) {
            changes.add(new Change.Post(ROOM, ANA, new Draft("r-" + i, "the quick brown fox jumps over the dog")));
        }
        thread = new Thread(lane, "lane");
        thread.start();
    }

    private static List<Outcome> store(List<Change> changes) {
        return changes.stream()
                .map(change -> Outcome.done(new Message(
                        new UUID(0, 1), ROOM, 1, 1, ANA, change.ref(), "", Instant.EPOCH, Optional.empty(), false)))
                .toList();
    }

    @TearDown
    public void stop() throws InterruptedException {
        lane.close();
        thread.join();
    }

    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public void submit() {
        CompletableFuture.allOf(changes.stream().map(lane::submit).toArray(CompletableFuture[]::new))
                .join();
    }
}
