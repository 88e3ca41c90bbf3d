package chat.foyer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.testing.TestAuthority;
import chat.foyer.testing.TestConfiguration;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private static Path directory;

    static Configuration with(String... keysAndValues) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return TestConfiguration.of(values);
    }

    @Test
    void every_setting_is_read() {
        List<Object> declared = Arrays.stream(Settings.class.getFields())
                .filter(field -> field.getType().equals(Setting.class))
                .map(SettingsTest::valueOf)
                .toList();
        assertThat(Settings.ALL.stream().<Object>map(setting -> setting)).containsExactlyInAnyOrderElementsOf(declared);
    }

    private static Object valueOf(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everything_has_a_default() {
        Configuration configuration = with();
        assertThat(configuration.get(Settings.GUESTS)).isEmpty();
        assertThat(configuration.bus()).isEqualTo("memory");
        assertThat(configuration.get(Settings.MESSAGE_LIMIT).exceededBy(4000)).isFalse();
        assertThat(configuration.get(Settings.MESSAGE_LIMIT).exceededBy(4001)).isTrue();
    }

    @Test
    void a_redis_url_chooses_the_redis_bus() {
        assertThat(with("foyer.redis.url", "redis://localhost:6379").bus()).isEqualTo("redis");
        assertThat(with("foyer.redis.url", "redis://localhost", "foyer.bus", "memory")
                        .bus())
                .isEqualTo("memory");
    }

    @Test
    void a_postgresql_is_the_bus_where_there_is_no_redis() {
        String url = "jdbc:postgresql://localhost/foyer";
        assertThat(with("foyer.db.url", url).bus()).isEqualTo("database");
        assertThat(with("foyer.db.url", url, "foyer.redis.url", "redis://localhost")
                        .bus())
                .isEqualTo("redis");
        assertThat(with("foyer.db.url", url, "foyer.bus", "memory").bus()).isEqualTo("memory");
        assertThat(with("foyer.db.url", url, "foyer.db.jndi", "jdbc/foyer").bus())
                .as("nobody can listen through a data source of the server")
                .isEqualTo("memory");
        assertThat(with("foyer.db.url", url, "foyer.mode", "worker").bus()).isEqualTo("database");
    }

    @Test
    void a_worker_needs_a_bus_to_others() {
        assertThat(with("foyer.mode", "worker", "foyer.redis.url", "redis://one")
                        .get(Settings.MODE))
                .isEqualTo(Mode.WORKER);
        assertThat(with("foyer.mode", "Web", "foyer.redis.url", "redis://one").get(Settings.MODE))
                .isEqualTo(Mode.WEB);
        for (String mode : List.of("web", "worker")) {
            assertThatThrownBy(() -> with("foyer.mode", mode, "foyer.channel.layers", "jobs=memory"))
                    .hasMessageContaining("foyer.mode: a worker")
                    .hasMessageContaining("foyer.redis.url");
        }
    }

    @Test
    void the_first_capacity_that_matches_counts() {
        Capacities capacities = new Capacities(
                100,
                with("foyer.channel.capacities", "jobs.*=1000, /job-[0-9]{1,2}/=10,specific.*=7 , jo?-1=3")
                        .get(Settings.CHANNEL_CAPACITIES));
        assertThat(capacities.of("jobs.thumbnails")).isEqualTo(1000);
        assertThat(capacities.of("jobsx")).isEqualTo(100);
        assertThat(capacities.of("job-1")).isEqualTo(10);
        assertThat(capacities.of("joy-1")).isEqualTo(3);
        assertThat(capacities.of("job-123")).isEqualTo(100);
        assertThat(capacities.of("specific.node!abc")).isEqualTo(7);
    }

    @Test
    void redis_may_be_several_hosts_each_once_and_a_socket() {
        assertThat(with("foyer.redis.url", "redis://one, rediss://two:7000, unix:///run/redis.sock")
                        .get(Settings.REDIS_URL))
                .extracting(RedisUrl::toString)
                .containsExactly("one:6379", "two:7000", "/run/redis.sock");
        assertThatThrownBy(() -> with("foyer.redis.url", "redis://one, redis://one:6379"))
                .hasMessageContaining("once");
    }

    @Test
    void authorities_are_for_a_redis_reached_by_tls() {
        Path file = TestAuthority.in(directory).pem();
        assertThat(with("foyer.redis.url", "redis://one, rediss://two", "foyer.redis.ca-file", file.toString())
                        .get(Settings.REDIS_CA_FILE))
                .hasSize(1);
        assertThatThrownBy(() -> with("foyer.redis.url", "redis://one", "foyer.redis.ca-file", file.toString()))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
                .hasMessageContainingAll("foyer.redis.ca-file: ", "rediss://");
    }

    @Test
    void a_directory_of_files_is_for_nodes_that_share_a_database() {
        String files = directory.toString();
        assertThat(with("foyer.files.dir", files, "foyer.db.url", "jdbc:postgresql://localhost/foyer")
                        .get(Settings.FILES_DIR))
                .isPresent();
        assertThatThrownBy(() -> with("foyer.files.dir", files))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
                .hasMessageContainingAll("foyer.files.dir: ", "leave it unset", "foyer.db.url");
    }

    @Test
    void layers_have_names_and_buses() {
        assertThat(with("foyer.channel.layers", "jobs = memory, spare=MEMORY").get(Settings.CHANNEL_LAYERS))
                .containsExactly(Map.entry("jobs", "memory"), Map.entry("spare", "memory"));
    }

    @ParameterizedTest
    @CsvSource({
        "foyer.redis.url, localhost:6379",
        "foyer.redis.url, redis://",
        "foyer.redis.url, http://localhost:6379",
        "foyer.redis.url, redis://localhost/nine",
        "foyer.redis.url, redis://localhost:70000",
        "foyer.redis.url, redis://password@localhost",
        "foyer.limits.rate, 1000000001",
        "foyer.allowed-origins, host:8443",
        "foyer.trusted-proxies, 10",
        "foyer.trusted-proxies, 999.1.1.1",
        "foyer.db.url, jdbc:mysql://localhost/foyer",
        "foyer.db.migrate, perhaps",
        "foyer.bus, rabbit",
        "foyer.bus, redis",
        "foyer.mode, lazy",
        "foyer.mode, worker",
        "foyer.public-url, chat.example.com",
        "foyer.public-url, ftp://chat.example.com",
        "foyer.allowed-origins, *.example.com",
        "foyer.allowed-origins, https://",
        "foyer.trusted-proxies, localhost",
        "foyer.trusted-proxies, 10.0.0.0/33",
        "foyer.guests, perhaps",
        "foyer.node-id, node one",
        "foyer.redis.prefix, a:b",
        "foyer.limits.rate, 0",
        "foyer.limits.frame, many",
        "foyer.limits.message, -1",
        "foyer.jwt.jwks-url, http://login.example.com/keys",
        "foyer.jwt.jwks-url, login.example.com/keys",
        "foyer.jwt.handle-claim, two words",
        "foyer.channel.capacity, 0",
        "foyer.channel.capacity, 1000001",
        "foyer.channel.capacities, jobs",
        "foyer.channel.capacities, jobs=0",
        "foyer.channel.capacities, /(/=1",
        "foyer.channel.expiry, 0",
        "foyer.channel.group-expiry, a day",
        "foyer.channel.layers, jobs",
        "foyer.channel.layers, jobs=rabbit",
        "foyer.channel.layers, default=memory",
        "foyer.channel.layers, jobs=redis",
        "foyer.redis.encryption-keys, secret",
        "foyer.redis.url, unix://socket",
        "foyer.redis.ca-file, /no/such/file.pem",
        "foyer.redis.ca-file, pom.xml",
        "foyer.redis.ca-file, /",
        "foyer.redis.ca-file, /dev/null",
    })
    void a_mistake_is_one_line_that_names_the_key(String key, String value) {
        assertThatThrownBy(() -> with(key, value))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty())
                .hasMessageMatching("(?s)foyer\\.(" + key.substring(6).replace(".", "\\.") + "|redis\\.url): .*");
    }

    @Test
    void nobody_can_listen_to_a_database_through_a_data_source_of_the_server() {
        assertThat(with("foyer.bus", "database", "foyer.db.url", "jdbc:postgresql://localhost/foyer")
                        .bus())
                .isEqualTo("database");
        for (String[] chosen : new String[][] {{"foyer.bus", "database"}, {"foyer.channel.layers", "jobs=database"}}) {
            assertThatThrownBy(() -> with(chosen[0], chosen[1], "foyer.db.jndi", "jdbc/foyer"))
                    .isInstanceOf(ConfigurationException.class)
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
                    .hasMessageContainingAll("foyer.db.jndi: ", "set foyer.db.url instead");
        }
    }

    @Test
    void an_issuer_needs_an_audience_and_keys() {
        assertThatThrownBy(() -> with("foyer.jwt.issuer", "https://login.example.com"))
                .hasMessageContainingAll("foyer.jwt.audience: ", "foyer.jwt.jwks-url: ");
        assertThat(with("foyer.jwt.issuer", "a", "foyer.jwt.audience", "b", "foyer.jwt.jwks-url", "http://[::1]:1/keys")
                        .get(Settings.JWT_JWKS_URL))
                .isPresent();
    }

    @Test
    void all_mistakes_are_told_at_once() {
        assertThatThrownBy(() -> with("foyer.guests", "maybe", "foyer.limits.rate", "fast"))
                .hasMessageContainingAll("foyer.guests: ", "foyer.limits.rate: ");
    }

    @Test
    void a_password_is_never_told() {
        assertThatThrownBy(() -> with("foyer.redis.url", "redis//:s3cret@host"))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cret"));
    }

    @Test
    void a_host_may_have_an_underscore_and_a_password_anything_encoded() {
        RedisUrl url = with("foyer.redis.url", "rediss://ana:p%40ss+%2F@foyer_redis:6380/3")
                .get(Settings.REDIS_URL)
                .get(0);
        assertThat(url.user()).contains("ana");
        assertThat(url.password()).contains("p@ss+/");
        assertThat(url.tls()).isTrue();
        assertThat(url).hasToString("foyer_redis:6380");
        assertThat(with("foyer.public-url", "HTTPS://build_server/foyer").get(Settings.PUBLIC_URL))
                .isPresent();
    }

    @Test
    void blank_counts_as_not_set() {
        assertThat(with("foyer.limits.rate", "  ", "foyer.redis.url", " ").bus())
                .isEqualTo("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF"})
    void a_limit_can_be_off(String off) {
        assertThat(with("foyer.limits.frame", off).get(Settings.FRAME_LIMIT).exceededBy(Long.MAX_VALUE))
                .isFalse();
    }

    @Test
    void every_key_is_also_an_environment_variable() {
        assertThat(Settings.REDIS_URL.environmentName()).isEqualTo("FOYER_REDIS_URL");
        assertThat(Settings.ADDRESS_LIMIT.environmentName()).isEqualTo("FOYER_LIMITS_SOCKETS_PER_ADDRESS");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.200.3.4, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
    })
    void ranges_hold_the_addresses_they_should(String range, String address, boolean inside) throws Exception {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }
}
