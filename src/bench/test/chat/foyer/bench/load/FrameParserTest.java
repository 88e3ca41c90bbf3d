package chat.foyer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {
    private final List<String> heard = new ArrayList<>();
    private final FrameParser parser = new FrameParser(new FrameParser.Sink() {
        @Override
        public void text(byte[] bytes, int from, int to) {
            heard.add("text " + Wire.text(bytes, from, to));
        }

        @Override
        public void ping(byte[] bytes, int from, int to) {
            heard.add("ping " + Wire.text(bytes, from, to));
        }

        @Override
        public void close(int code, String reason) {
            heard.add("close " + code + " " + reason);
        }
    });

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1_000, 100_000})
    void frames_of_every_length_are_found_however_the_bytes_are_cut(int cut) {
        String medium = "m".repeat(126);
        String large = "l".repeat(cut < 64 ? 1_000 : 70_000); // beyond 65,535 the length takes another form
        byte[] stream = concat(
                frame(0x81, "short"),
                frame(0x89, "mark"),
                frame(0x81, medium),
                frame(0x81, ""),
                frame(0x81, large),
                frame(0x88, "\u0003\u00f5gone"));

        feed(stream, cut);

        assertThat(heard)
                .containsExactly(
                        "text short", "ping mark", "text " + medium, "text ", "text " + large, "close 1013 gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1_000})
    void a_message_in_fragments_is_one_message_even_with_a_ping_between(int cut) {
        feed(concat(frame(0x01, "one "), frame(0x89, "p"), frame(0x00, "two "), frame(0x80, "three")), cut);

        assertThat(heard).containsExactly("ping p", "text one two three");
    }

    @Test
    void what_is_not_whole_yet_is_left_to_the_next_time() {
        byte[] stream = concat(frame(0x81, "whole"), Arrays.copyOf(frame(0x81, "half"), 4));

        assertThat(parser.parse(stream, 0, stream.length)).isEqualTo(7);
    }

    @Test
    void bytes_that_are_no_frames_are_refused() {
        byte[] http = "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> parser.parse(http, 0, http.length)).isInstanceOf(IllegalStateException.class);
    }

    /** As a connection does it: what was left over comes again, followed by what was read next. */
    private void feed(byte[] stream, int cut) {
        byte[] carried = {};
        for (int at = 0; at < stream.length; at += cut) {
            byte[] read = concat(carried, Arrays.copyOfRange(stream, at, Math.min(stream.length, at + cut)));
            int from = parser.parse(read, 0, read.length);
            carried = Arrays.copyOfRange(read, from, read.length);
        }
        assertThat(carried).isEmpty();
    }

    private static byte[] frame(int first, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (bytes.length < 126) {
            out.write(bytes.length);
        } else if (bytes.length < 65_536) {
            out.write(126);
            out.write(bytes.length >> 8);
            out.write(bytes.length);
        } else {
            out.write(127);
            out.writeBytes(new byte[5]);
            out.write(bytes.length >> 16);
            out.write(bytes.length >> 8);
            out.write(bytes.length);
        }
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
