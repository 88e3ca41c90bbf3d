package chat.foyer.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.TestConfiguration;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Security 1 of the promises; the cases are those of the origin validator of Django Channels, and more. */
class OriginPolicyTest {
    private static final boolean BROWSER = true;
    private static final boolean PROGRAM = false;

    private static boolean admits(String allowed, String origin) {
        return policy(Map.of("foyer.allowed-origins", allowed))
                .admits(Optional.ofNullable(origin), BROWSER, caller("http", "chat.example.com"));
    }

    private static OriginPolicy policy(Map<String, String> settings) {
        OriginPolicy policy = new OriginPolicy();
        policy.configuration = TestConfiguration.of(settings);
        policy.read();
        return policy;
    }

    private static Caller caller(String scheme, String host) {
        return new Caller(Optional.empty(), InetAddress.getLoopbackAddress(), scheme, host);
    }

    @ParameterizedTest
    @CsvSource({
        "allowed-domain.com, http://allowed-domain.com, true",
        "allowed-domain.com, http://bad-domain.com, false",
        "allowed-domain.com, http://www.allowed-domain.com, false",
        ".allowed-domain.com, http://www.allowed-domain.com, true",
        ".allowed-domain.com, http://allowed-domain.com, true",
        ".allowed-domain.com, http://evilallowed-domain.com, false",
        "http://allowed-domain.com, http://allowed-domain.com, true",
        "http://allowed-domain.com, https://allowed-domain.com, false",
        "http://allowed-domain.com:80, http://allowed-domain.com, true",
        "https://allowed-domain.com, https://allowed-domain.com:443, true",
        "http://.allowed-domain.com:8080, http://www.allowed-domain.com:8080, true",
        "http://allowed-domain.com:8080, http://allowed-domain.com:8081, false",
        "*, http://anybody.example, true",
        "allowed-domain.com, HTTP://ALLOWED-DOMAIN.COM, true",
    })
    void a_listed_origin_is_admitted_and_no_other(String allowed, String origin, boolean admitted) {
        assertThat(admits(allowed, origin)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "http://",
                "http://[bad",
                "allowed-domain.com",
                "http://a@allowed-domain.com",
                "//allowed-domain.com",
                "http://allowed-domain.com/path"
            })
    void a_malformed_origin_is_refused(String origin) {
        assertThat(admits("allowed-domain.com", origin)).isFalse();
    }

    @Test
    void a_star_admits_even_a_missing_origin() {
        assertThat(admits("*", null)).isTrue();
    }

    @Test
    void a_missing_origin_is_admitted_for_programs_only() {
        Caller caller = caller("http", "localhost:8080");
        assertThat(policy(Map.of()).admits(Optional.empty(), PROGRAM, caller)).isTrue();
        assertThat(policy(Map.of()).admits(Optional.empty(), BROWSER, caller)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http, localhost:8080, http://localhost:8080, true",
        "http, 127.0.0.1:8080, http://127.0.0.1:8080, true",
        "http, [::1]:8080, http://[::1]:8080, true",
        "https, intranet, https://intranet, true",
        "http, build_server:8080, http://build_server:8080, true",
        "http, localhost:8080, 'http://localhost:8080,http://localhost:8080', false",
        "http, intranet, http://intranet:80, true",
        "http, localhost:8080, https://localhost:8080, false",
        "http, localhost:8080, http://localhost:8081, false",
        "http, localhost:8080, http://evil.example, false",
        "http, evil.example, http://evil.example, false",
        "http, '', http://localhost, false",
    })
    void without_settings_only_this_server_under_a_name_that_no_stranger_controls(
            String scheme, String host, String origin, boolean admitted) {
        assertThat(policy(Map.of()).admits(Optional.of(origin), BROWSER, caller(scheme, host)))
                .isEqualTo(admitted);
    }

    @Test
    void the_machines_own_name_is_admitted() throws Exception {
        String name = InetAddress.getLocalHost().getCanonicalHostName();
        assertThat(policy(Map.of())
                        .admits(Optional.of("http://" + name + ":8080"), BROWSER, caller("http", name + ":8080")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://chat.example.com, https://chat.example.com, true",
        "https://chat.example.com/foyer/, https://chat.example.com, true",
        "https://chat.example.com:8443, https://chat.example.com, false",
        "https://chat.example.com, http://chat.example.com, false",
        "https://chat.example.com, https://www.chat.example.com, false",
    })
    void the_public_address_is_an_origin(String publicUrl, String origin, boolean admitted) {
        OriginPolicy policy = policy(Map.of("foyer.public-url", publicUrl));
        assertThat(policy.admits(Optional.of(origin), BROWSER, caller("http", "10.0.0.1:8080")))
                .isEqualTo(admitted);
    }
}
