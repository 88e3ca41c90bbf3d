package chat.foyer.protocol;

import chat.foyer.message.Message;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a frame costs on its way out, once for a batch and not for a member, and on its way in. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncodingBenchmark {
    private static final String POST =
            "{\"type\":\"message.post\",\"ref\":\"r-1\",\"body\":\"the quick brown fox jumps over the dog\"}";

    @Param({"1", "64"})
    int messages;

    private Batch batch;

    @Setup
    public void gather() {
        batch = new Batch(LongStream.rangeClosed(1, messages)
                .mapToObj(EncodingBenchmark::message)
                .map(ServerFrame::of)
                .toList());
    }

    private static Message message(long seq) {
        return new Message(
                new UUID(0, seq),
                new RoomName("lobby"),
                seq,
                seq,
                new User("g-ana", "Ana", true),
                "r-" + seq,
                "the quick brown fox jumps over the dog",
                Instant.EPOCH,
                Optional.empty(),
                false);
    }

    @Benchmark
    public String encode() {
        return FrameEncoder.encodeOnce(batch);
    }

    @Benchmark
    public ClientFrame decode() {
        return FrameDecoder.decode(Wire.RICH, POST);
    }
}
