package chat.foyer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private static JsonBody body(String text) {
        return JsonBody.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Fault faultOf(InputStream stream) {
        try {
            JsonBody.read(stream);
            throw new AssertionError("it was taken");
        } catch (ChatException e) {
            return e.fault();
        }
    }

    private static Fault faultOf(String text) {
        return faultOf(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertInvalid(String text, Function<JsonBody, Object> question) {
        JsonBody body = body(text);
        assertThatThrownBy(() -> question.apply(body))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        e -> assertThat(e.fault() + " " + e.field()).isEqualTo("INVALID a"));
    }

    @Test
    void what_is_left_away_is_absent() {
        JsonBody nothing = body("");
        assertThat(nothing.names()).isEmpty();
        assertThat(nothing.optionalText("a")).isEmpty();
        assertThat(nothing.optionalFlag("a")).isEmpty();
        assertThat(nothing.texts("a")).isEmpty();
        assertThat(body("{\"a\": null}").optionalText("a")).isEmpty();
    }

    @Test
    void members_are_read_as_what_they_must_be() {
        JsonBody body = body("{\"t\": \"é\", \"f\": true, \"n\": 12, \"r\": \"member\", \"l\": [\"x\", \"y\", \"x\"]}");
        assertThat(body.text("t")).isEqualTo("é");
        assertThat(body.flag("f")).isTrue();
        assertThat(body.place("n")).isEqualTo(12);
        assertThat(body.optionalOf(Role.class, "r")).contains(Role.MEMBER);
        assertThat(body.texts("l")).containsExactly("x", "y");
    }

    @Test
    void a_member_that_is_missing_or_something_else_is_named() {
        assertInvalid("{}", body -> body.text("a"));
        assertInvalid("{}", body -> body.flag("a"));
        assertInvalid("{}", body -> body.place("a"));
        assertInvalid("{\"a\": 5}", body -> body.optionalText("a"));
        assertInvalid("{\"a\": \"true\"}", body -> body.optionalFlag("a"));
        assertInvalid("{\"a\": -1}", body -> body.place("a"));
        assertInvalid("{\"a\": 1.5}", body -> body.place("a"));
        assertInvalid("{\"a\": \"1\"}", body -> body.place("a"));
        assertInvalid("{\"a\": 10000000000000000000}", body -> body.place("a"));
        assertInvalid("{\"a\": \"emperor\"}", body -> body.optionalOf(Role.class, "a"));
        assertInvalid("{\"a\": \"x\"}", body -> body.texts("a"));
        assertInvalid("{\"a\": [1]}", body -> body.texts("a"));
        assertInvalid("{\"a\": [" + "\"x\",".repeat(200) + "\"x\"]}", body -> body.texts("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "x", "[]", "\"a\"", "{", "{\"a\"", "{\"a\": 1, \"a\": 2}", "{\"a\": 1} x"})
    void anything_but_one_object_is_malformed(String text) {
        assertThat(faultOf(text)).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void what_is_no_utf_8_is_malformed() {
        byte[] bytes = "{\"a\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(faultOf(new ByteArrayInputStream(bytes))).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void a_deep_or_wide_object_is_refused_before_it_is_built() {
        assertThat(faultOf("{\"a\": " + "[".repeat(10_000))).isEqualTo(Fault.TOO_COMPLEX);
        assertThat(faultOf("{\"a\": {" + wide() + "}}")).isEqualTo(Fault.TOO_COMPLEX);
    }

    private static String wide() {
        StringBuilder members = new StringBuilder("\"y\": 1");
        for (int i = 0; i < 100; i++) {
            members.append(", \"y").append(i).append("\": 1");
        }
        return members.toString();
    }

    @Test
    void of_a_body_without_end_a_bounded_part_is_read() {
        long[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return ' ';
            }
        };
        assertThat(faultOf(endless)).isEqualTo(Fault.TOO_LARGE);
        assertThat(read[0]).isLessThan(8L * 1024 * 1024);
    }

    @Test
    void a_request_that_ends_too_early_is_malformed() {
        assertThat(faultOf(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                }))
                .isEqualTo(Fault.MALFORMED);
    }
}
