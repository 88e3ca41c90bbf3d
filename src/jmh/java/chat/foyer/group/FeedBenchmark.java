package chat.foyer.group;

import chat.foyer.room.RoomName;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to show one change to all members of a room, all of it on the thread that shows it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FeedBenchmark {
    private static final RoomName ROOM = new RoomName("lobby");

    @Param({"1", "10", "1000"})
    int members;

    private final RoomFeed feed = new RoomFeed(Runnable::run, new NoPast());
    private long number;

    @Setup
    public void fill() {
        feed.start(0);
        for (int i = 0; i < members; i++) {
            Connection member = Members.in(ROOM);
            feed.join(member, OptionalLong.empty(), Members.welcoming(member));
        }
    }

    @Benchmark
    public void show() {
        number++;
        feed.show(Members.message(ROOM, number));
    }

    /** Nobody misses anything here. */
    private static final class NoPast implements RoomFeed.Past {
        @Override
        public void later(Runnable gapDue) {
            throw new IllegalStateException("a gap");
        }

        @Override
        public void readGap(RoomFeed feed, long after) {
            throw new IllegalStateException("a gap");
        }

        @Override
        public void readRecent(RoomFeed feed) {
            throw new IllegalStateException("somebody came back");
        }

        @Override
        public void catchUp(RoomFeed feed, Connection member, long after) {
            throw new IllegalStateException("a member that does not read");
        }
    }
}
