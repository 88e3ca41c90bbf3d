package chat.foyer.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCipherTest {
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);
    private static final String TEXT = "{\"type\":\"žluťoučký 😀\"}";

    private static byte[] key(int seed) {
        byte[] key = new byte[EventCipher.KEY_BYTES];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    private static EventCipher with(byte[]... keys) {
        return new EventCipher(List.of(keys));
    }

    @Test
    void another_process_with_the_key_reads_it() throws EventCipher.UnreadableException {
        String encrypted = with(OLD).encrypt("group:a", TEXT);
        assertThat(encrypted).doesNotContain("type");
        assertThat(with(OLD).decrypt("group:a", encrypted)).isEqualTo(TEXT);
        assertThat(with(OLD).decrypt("group:a", with(OLD).encrypt("group:a", "")))
                .isEmpty();
    }

    @Test
    void the_first_key_encrypts_and_all_decrypt() throws EventCipher.UnreadableException {
        EventCipher before = with(OLD);
        EventCipher prepared = with(OLD, NEW);
        EventCipher changed = with(NEW, OLD);
        EventCipher after = with(NEW);
        assertThat(prepared.decrypt("a", before.encrypt("a", TEXT))).isEqualTo(TEXT);
        assertThat(prepared.decrypt("a", changed.encrypt("a", TEXT))).isEqualTo(TEXT);
        assertThat(changed.decrypt("a", prepared.encrypt("a", TEXT))).isEqualTo(TEXT);
        assertThat(after.decrypt("a", changed.encrypt("a", TEXT))).isEqualTo(TEXT);
        assertThatThrownBy(() -> after.decrypt("a", prepared.encrypt("a", TEXT)))
                .isInstanceOf(EventCipher.UnreadableException.class)
                .hasMessageContaining("key");
    }

    @Test
    void it_cannot_be_moved_to_another_place() {
        String encrypted = with(OLD).encrypt("group:a", TEXT);
        assertThatThrownBy(() -> with(OLD).decrypt("group:b", encrypted))
                .isInstanceOf(EventCipher.UnreadableException.class)
                .hasMessageContaining("moved");
    }

    @Test
    void every_changed_byte_is_noticed() {
        byte[] encrypted = Base64.getDecoder().decode(with(OLD).encrypt("a", TEXT));
        for (int i = 0; i < encrypted.length; i++) {
            byte[] changed = encrypted.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> with(OLD).decrypt("a", Base64.getEncoder().encodeToString(changed)))
                    .isInstanceOf(EventCipher.UnreadableException.class);
        }
        for (int length = 0; length < encrypted.length; length++) {
            byte[] cut = Arrays.copyOf(encrypted, length);
            assertThatThrownBy(() -> with(OLD).decrypt("a", Base64.getEncoder().encodeToString(cut)))
                    .isInstanceOf(EventCipher.UnreadableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"type\":\"chat.message\"}", "not base64!", "AAAA"})
    void what_was_never_encrypted_is_refused(String text) {
        assertThatThrownBy(() -> with(OLD).decrypt("a", text)).isInstanceOf(EventCipher.UnreadableException.class);
    }

    @Test
    void the_same_text_never_looks_the_same() {
        Set<String> seen = new HashSet<>();
        List<EventCipher> processes = new ArrayList<>(List.of(with(OLD), with(OLD)));
        for (int i = 0; i < 100; i++) {
            processes.forEach(process -> seen.add(process.encrypt("a", TEXT)));
        }
        assertThat(seen).hasSize(200);
    }
}
