package chat.foyer.testing;

import chat.foyer.config.Configuration;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Configurations of what a test says and nothing else. */
public final class TestConfiguration {
    private static final int ORDINAL = 100;

    private TestConfiguration() {}

    public static Configuration of(Map<String, String> settings) {
        return Configuration.of(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", ORDINAL))
                .build());
    }
}
