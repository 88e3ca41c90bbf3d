package chat.foyer.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Firefox on Linux       | Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0
            Chrome on Windows      | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
            Edge on Windows        | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0
            Safari on macOS        | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15
            Safari on iPhone       | Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1
            Chrome on Android      | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36
            Java-http-client/17    | Java-http-client/17
            Unknown browser        | null
            """)
    void browsers_are_called_as_people_call_them(String name, String agent) {
        assertThat(BrowserName.of(agent, Words.ENGLISH)).isEqualTo(name);
    }

    @Test
    void a_strange_one_is_shown_in_part() {
        assertThat(BrowserName.of("x".repeat(200), Words.ENGLISH)).hasSize(60);
    }
}
