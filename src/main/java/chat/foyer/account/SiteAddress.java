package chat.foyer.account;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Where people reach this site, for links that leave the page they are made on. Thread-safe.
 *
 * <p>Never taken from a request: with a forged Host such a link would send its secret to a stranger.
 */
public final class SiteAddress {
    private SiteAddress() {}

    /** The address without a trailing slash, as the settings or {@code mvn} tell it. */
    public static Optional<String> known(Configuration settings, String context) {
        return settings.get(Settings.PUBLIC_URL)
                .map(url -> url.replaceAll("/+$", ""))
                .or(() -> port("foyer.http.port").map(port -> "http://localhost:" + port + context));
    }

    /** The same; where nothing tells it, this machine at the port that Payara and WildFly take by default. */
    public static String of(Configuration settings, String context) {
        return known(settings, context)
                .orElseGet(() -> "http://localhost:" + port("jboss.http.port").orElse("8080") + context);
    }

    private static Optional<String> port(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class).filter(port -> port.matches("\\d+"));
    }
}
