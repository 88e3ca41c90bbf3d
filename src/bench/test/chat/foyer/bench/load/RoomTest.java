package chat.foyer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room = new Room("lobby", 0, 4);

    @Test
    void a_frame_that_was_read_is_not_read_again() {
        Room.Frame first = read(frame(1, 1), 0);

        assertThat(read(frame(1, 1), 0)).isSameAs(first);
        assertThat(read(frame(1, 1), 77)).as("expected elsewhere").isSameAs(first);
    }

    @Test
    void frames_that_differ_in_one_digit_are_told_apart() {
        read(frame(1, 1), 0);

        assertThat(read(frame(1, 2), 0).texts()).containsExactly(1, 2);
        assertThat(read(frame(2, 1), 1).texts()).containsExactly(2, 1);
    }

    @Test
    void one_that_was_forgotten_is_read_anew() {
        for (int number = 1; number <= 1_000; number++) {
            assertThat(read(frame(1, number), number - 1).texts()).containsExactly(1, number);
        }

        assertThat(read(frame(1, 1), 0).texts()).containsExactly(1, 1);
    }

    private Room.Frame read(byte[] frame, long expected) {
        return room.read(frame, 0, frame.length, expected);
    }

    private static byte[] frame(int sender, int number) {
        return "{\"message\":\"~%05d.%08d~\"}".formatted(sender, number).getBytes(StandardCharsets.US_ASCII);
    }
}
