package chat.foyer.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                "x-gzip",
                "gzip, deflate, br, zstd",
                "br;q=1.0, gzip;q=0.8, *;q=0.1",
                "gzip ; q=0.001",
                "*",
                "deflate,*;q=0.5",
                "gzip;q=1, identity;q=1",
                "identity;q=0, gzip;q=0.2",
            })
    void gzip_is_for_whoever_takes_it(String header) {
        assertThat(AcceptEncoding.of(header).prefersGzip()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "br",
                "gzip;q=0",
                "gzip;q=0.000, *",
                "gzip;Q=0, deflate",
                "*;q=0",
                "identity;q=0.9, gzip;q=0.8",
                "gzip;q=0.5, identity",
                "gzip;q=much",
                "gzip;q=2",
                ";;,,;q",
            })
    void nobody_else_gets_it(String header) {
        assertThat(AcceptEncoding.of(header).prefersGzip()).isFalse();
    }
}
