package chat.foyer.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {

    /** Reads frames as RFC 6455 §5.2 describes them. */
    private static List<String> read(byte[] bytes) throws IOException {
        List<String> texts = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                assertThat(in.readUnsignedByte()).as("FIN and text").isEqualTo(0b1000_0001);
                long length = in.readUnsignedByte();
                assertThat(length).as("not masked").isLessThan(128);
                if (length == 126) {
                    length = in.readUnsignedShort();
                    assertThat(length).as("no shorter form would do").isGreaterThan(125);
                } else if (length == 127) {
                    length = in.readLong();
                    assertThat(length).as("no shorter form would do").isGreaterThan(65_535);
                }
                texts.add(new String(in.readNBytes((int) length), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    @Test
    void frames_of_every_length_can_be_read_one_after_the_other() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 200_000}) {
            texts.add("x".repeat(length));
        }
        texts.add("Привет 😀 שלום");
        assertThat(read(new Frames(texts).bytes())).isEqualTo(texts);
    }

    @Test
    void everybody_gets_the_same_bytes() {
        Frames frames = Frames.of("hi");
        assertThat(frames.bytes()).isSameAs(frames.bytes());
    }

    @Test
    void characters_are_counted_for_all_and_for_a_part() {
        Frames frames = new Frames(List.of("a", "bb", "ccc"));
        assertThat(frames.chars()).isEqualTo(6);
        assertThat(frames.chars(0, 3)).isEqualTo(6);
        assertThat(frames.chars(1, 2)).isEqualTo(2);
    }
}
