package chat.foyer.config;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings as they hold for this run: read and checked once, immutable afterwards, safe for any thread.
 *
 * <p>All mistakes are reported together, one line each, as a {@link ConfigurationException}.
 */
@ApplicationScoped
public class Configuration {
    private final Map<Setting<?>, Object> values = new LinkedHashMap<>();

    @PostConstruct
    void read() {
        read(ConfigProvider.getConfig());
    }

    /** The settings of a given source, for tests and tools. */
    public static Configuration of(Config source) {
        Configuration configuration = new Configuration();
        configuration.read(source);
        return configuration;
    }

    private void read(Config source) {
        List<String> mistakes = new ArrayList<>();
        for (Setting<?> setting : Settings.ALL) {
            String text = source.getOptionalValue(setting.key(), String.class)
                    .filter(Predicate.not(String::isBlank))
                    .orElse(setting.defaultText());
            try {
                values.put(setting, setting.parse(text));
            } catch (ConfigurationException e) {
                mistakes.add(e.getMessage());
            }
        }
        if (mistakes.isEmpty()) {
            checkTogether(mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), mistakes));
        }
    }

    private void checkTogether(List<String> mistakes) {
        if (anyBusIs("redis") && get(Settings.REDIS_URL).isEmpty()) {
            mistakes.add(Settings.REDIS_URL.key() + ": " + Settings.BUS.key() + " or " + Settings.CHANNEL_LAYERS.key()
                    + " wants redis, so write here where it runs, such as redis://localhost:6379");
        }
        if (anyBusIs("database") && get(Settings.DB_JNDI).isPresent()) {
            mistakes.add(Settings.DB_JNDI.key() + ": " + Settings.BUS.key() + " or " + Settings.CHANNEL_LAYERS.key()
                    + " wants database, which nobody can listen to through a data source of the server; set "
                    + Settings.DB_URL.key() + " instead, or another bus");
        }
        if (!get(Settings.REDIS_CA_FILE).isEmpty()
                && get(Settings.REDIS_URL).stream().noneMatch(RedisUrl::tls)) {
            mistakes.add(Settings.REDIS_CA_FILE.key() + ": " + Settings.REDIS_URL.key()
                    + " names no host that is reached by TLS; write rediss:// there, or leave this unset");
        }
        boolean embedded =
                get(Settings.DB_URL).isEmpty() && get(Settings.DB_JNDI).isEmpty();
        if (get(Settings.FILES_DIR).isPresent() && embedded) {
            mistakes.add(Settings.FILES_DIR.key()
                    + ": nodes with databases of their own would remove each other's files there; leave it unset, then they are in "
                    + Settings.DATA_DIR.key() + ", or set " + Settings.DB_URL.key()
                    + " to the PostgreSQL that all nodes share");
        }
        boolean alone = !anyBusIs("redis")
                && !(anyBusIs("database") && get(Settings.DB_URL).isPresent());
        if (get(Settings.MODE) != Mode.ALL && alone) {
            mistakes.add(Settings.MODE.key()
                    + ": a worker handles what other nodes send, and a bus in memory reaches none; set "
                    + Settings.REDIS_URL.key() + " on all of them, or " + Settings.DB_URL.key()
                    + " to the PostgreSQL that they share");
        }
        List<Setting<? extends Optional<?>>> issuer =
                List.of(Settings.JWT_ISSUER, Settings.JWT_AUDIENCE, Settings.JWT_JWKS_URL);
        boolean wanted = issuer.stream().anyMatch(setting -> get(setting).isPresent());
        issuer.stream()
                .filter(setting -> wanted && get(setting).isEmpty())
                .forEach(setting ->
                        mistakes.add(setting.key() + ": set it, too; the settings foyer.jwt.* only work together"));
    }

    private boolean anyBusIs(String name) {
        return bus().equals(name) || get(Settings.CHANNEL_LAYERS).containsValue(name);
    }

    /** The value that holds for this setting. */
    @SuppressWarnings("unchecked") // read() stored under each setting what its own parser made
    public <T> T get(Setting<T> setting) {
        return (T) values.get(setting);
    }

    /** The name of the bus in use: what {@code foyer.bus} says, otherwise what the other settings imply. */
    public String bus() {
        return get(Settings.BUS).orElseGet(this::impliedBus);
    }

    private String impliedBus() {
        if (!get(Settings.REDIS_URL).isEmpty()) {
            return "redis";
        }
        boolean canListen =
                get(Settings.DB_URL).isPresent() && get(Settings.DB_JNDI).isEmpty();
        return canListen ? "database" : "memory";
    }
}
