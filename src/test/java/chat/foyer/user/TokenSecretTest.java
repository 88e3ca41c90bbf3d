package chat.foyer.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenSecretTest {

    @Test
    void a_new_one_can_be_read_again() {
        TokenSecret secret = TokenSecret.random();
        assertThat(TokenSecret.parse(secret.text())).contains(secret);
        assertThat(TokenSecret.random()).isNotEqualTo(secret);
    }

    @Test
    void any_mistyped_character_is_told_by_the_checksum() {
        String text = TokenSecret.random().text();
        assertThat(IntStream.range(0, text.length())
                        .mapToObj(i ->
                                text.substring(0, i) + (text.charAt(i) == 'a' ? 'b' : 'a') + text.substring(i + 1)))
                .allSatisfy(wrong -> assertThat(TokenSecret.parse(wrong)).isEmpty());
        assertThat(IntStream.range(0, text.length()).mapToObj(text::substring).skip(1))
                .allSatisfy(cut -> assertThat(TokenSecret.parse(cut)).isEmpty());
    }

    @Test
    void what_is_kept_and_shown_does_not_hold_the_secret() {
        TokenSecret secret = TokenSecret.random();
        String random = secret.text().substring(6, 49);
        assertThat(secret.id() + secret.hash() + secret).doesNotContain(random);
        assertThat(secret.hash()).doesNotContain(secret.id().substring(2));
    }
}
