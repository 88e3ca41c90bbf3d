package chat.foyer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextsTest {
    private final Texts texts = new Texts(38);

    @Test
    void a_text_has_its_length_and_tells_sender_and_number() {
        byte[] bytes = new byte[38];

        assertThat(texts.write(bytes, 0, 42, 17)).isEqualTo(38);
        assertThat(Texts.read(bytes, 0, 38)).containsExactly(42, 17);
    }

    @Test
    void all_texts_of_an_array_of_events_are_found_in_their_order() {
        StringBuilder frame = new StringBuilder("[");
        for (int number = 1; number <= 100; number++) {
            frame.append("{\"type\":\"message.posted\",\"ref\":\"7-1\",\"body\":\"")
                    .append(text(number % 3, number))
                    .append("\"},");
        }
        byte[] bytes = frame.append("]").toString().getBytes(StandardCharsets.US_ASCII);

        int[] found = Texts.read(bytes, 0, bytes.length);

        assertThat(found).hasSize(200);
        for (int i = 0; i < 100; i++) {
            assertThat(found[2 * i]).isEqualTo((i + 1) % 3);
            assertThat(found[2 * i + 1]).isEqualTo(i + 1);
        }
    }

    @Test
    void a_frame_without_texts_of_ours_has_none() {
        byte[] welcome = "[{\"type\":\"welcome\",\"room\":\"~lobby~\"}]".getBytes(StandardCharsets.US_ASCII);

        assertThat(Texts.read(welcome, 0, welcome.length)).isEmpty();
    }

    @Test
    void a_garbled_text_is_no_text() {
        byte[] bytes = text(1, 1).replace("00000001", "0000O001").getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Texts.read(bytes, 0, bytes.length)).isInstanceOf(IllegalStateException.class);
    }

    private String text(int sender, int number) {
        byte[] bytes = new byte[38];
        texts.write(bytes, 0, sender, number);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
