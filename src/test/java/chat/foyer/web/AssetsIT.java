package chat.foyer.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.SharedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts and styles of the pages, as they leave the server. */
class AssetsIT extends SharedServer {
    private static final String SCRIPT = "assets/js/room.js";
    /** As browsers ask: they do not offer to go on in HTTP/2, on which Payara forgets the type of styles. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern VERSIONED = Pattern.compile("src=\"/(assets/[0-9a-f]{16})/js/room\\.js\"");

    private static HttpResponse<byte[]> asked(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node().page(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** Where the pages of this server look for their files. */
    private static String root() {
        Matcher script = VERSIONED.matcher(node().get("chat/assets-root/").body());
        assertThat(script.find()).isTrue();
        return script.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        "assets/js/room.js, text/javascript",
        "assets/css/room.css, text/css",
        "assets/icons/foyer.svg, image/svg+xml",
    })
    void what_is_sent_compressed_is_the_same_and_less(String path, String type) throws IOException {
        HttpResponse<byte[]> plain = asked("GET", path);
        HttpResponse<byte[]> gzipped = asked("GET", path, "Accept-Encoding", "gzip, deflate, br");
        assertThat(header(plain, "Content-Encoding")).isEmpty();
        assertThat(header(gzipped, "Content-Encoding")).isEqualTo("gzip");
        for (HttpResponse<byte[]> answer : List.of(plain, gzipped)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).startsWith(type);
            assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(answer.body().length));
            assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
        }
        assertThat(gzipped.body().length).isLessThan(plain.body().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(header(gzipped, "ETag")).startsWith("\"").isNotEqualTo(header(plain, "ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "br"})
    void who_does_not_take_gzip_gets_none(String coding) {
        HttpResponse<byte[]> answer = asked("GET", SCRIPT, "Accept-Encoding", coding);
        assertThat(header(answer, "Content-Encoding")).isEmpty();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("import ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void a_head_tells_what_a_get_would_send(String coding) {
        HttpResponse<byte[]> get = asked("GET", SCRIPT, "Accept-Encoding", coding);
        HttpResponse<byte[]> head = asked("HEAD", SCRIPT, "Accept-Encoding", coding);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"Content-Type", "Content-Length", "Content-Encoding", "ETag", "Vary"}) {
            assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
        }
    }

    @Test
    void what_a_browser_has_is_not_sent_again() {
        String tag = header(asked("GET", SCRIPT, "Accept-Encoding", "gzip"), "ETag");
        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            HttpResponse<byte[]> again = asked("GET", SCRIPT, "Accept-Encoding", "gzip", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
            assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
            assertThat(header(again, "Vary")).isEqualTo("Accept-Encoding");
        }
        for (String known : new String[] {"\"other\"", tag.substring(1, tag.length() - 1)}) {
            assertThat(asked("GET", SCRIPT, "Accept-Encoding", "gzip", "If-None-Match", known)
                            .statusCode())
                    .as(known)
                    .isEqualTo(200);
        }
        assertThat(asked("GET", SCRIPT, "Accept-Encoding", "identity", "If-None-Match", tag)
                        .statusCode())
                .as("those are other bytes")
                .isEqualTo(200);
    }

    @Test
    void pages_ask_by_a_version_that_is_kept_for_ever() {
        HttpResponse<byte[]> script = asked("GET", root() + "/js/room.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(header(script, "Cache-Control")).contains("immutable").contains("max-age=31536000");
        assertThat(script.body()).isEqualTo(asked("GET", SCRIPT).body());
    }

    @Test
    void what_is_asked_for_by_another_version_is_not_kept() {
        HttpResponse<byte[]> script = asked("GET", "assets/0123456789abcdef/js/room.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(header(script, "Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assets",
                "assets/",
                "assets/js/",
                "assets/js/none.js",
                "assets/0123456789abcdef/none.js",
                "assets/../WEB-INF/web.xml",
                "assets/%2e%2e/WEB-INF/web.xml",
                "assets/js/..%2f..%2fWEB-INF/web.xml",
            })
    void there_is_nothing_else(String path) {
        HttpResponse<byte[]> answer = asked("GET", path);
        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(header(answer, "Cache-Control")).doesNotContain("immutable");
    }
}
