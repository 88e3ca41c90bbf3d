package chat.foyer.web;

import chat.foyer.config.AddressRange;
import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ThrottledLog;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Decides from which pages a socket may be opened, against cross-site WebSocket hijacking (RFC 6455 §10.2).
 *
 * <p>With {@code foyer.public-url} or {@code foyer.allowed-origins} set, only those origins are admitted. Otherwise a
 * page must come from this very server, and the server must be addressed by a name that a stranger's DNS cannot point
 * at it: localhost, an IP address, a single label or this machine's name. Immutable after start, thread-safe.
 */
@ApplicationScoped
public class OriginPolicy {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(OriginPolicy.class), 1);

    @Inject
    Configuration configuration;

    private final List<String> patterns = new ArrayList<>();

    @PostConstruct
    void read() {
        configuration.get(Settings.PUBLIC_URL).ifPresent(patterns::add);
        patterns.addAll(configuration.get(Settings.ALLOWED_ORIGINS));
    }

    /**
     * Whether a socket may be opened.
     *
     * @param origin the Origin header; empty when there is none, as with programs
     * @param hasCookies whether the handshake carries cookies, that is, comes from a browser
     * @param caller under which scheme and host the server was addressed
     */
    public boolean admits(Optional<String> origin, boolean hasCookies, Caller caller) {
        if (patterns.contains("*")) {
            return true;
        }
        if (origin.isEmpty()) {
            return !hasCookies;
        }
        boolean admitted = patterns.isEmpty() ? isSameServer(origin.get(), caller) : isListed(origin.get());
        if (!admitted) {
            LOG.warn(
                    "Refused a socket from a page of {} to {}://{}. If people use that address, set {} to it"
                            + " (and {} if a reverse proxy stands in front).",
                    origin.get(),
                    caller.scheme(),
                    caller.host(),
                    Settings.PUBLIC_URL.key(),
                    Settings.TRUSTED_PROXIES.key());
        }
        return admitted;
    }

    /** The Origin header; several are as bad as one that is malformed. */
    public static Optional<String> originOf(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Origin"));
        return headers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", headers));
    }

    private boolean isListed(String origin) {
        return WebOrigin.parse(origin)
                .filter(parsed -> patterns.stream().anyMatch(parsed::matches))
                .isPresent();
    }

    private static boolean isSameServer(String origin, Caller caller) {
        Optional<WebOrigin> page = WebOrigin.parse(origin);
        Optional<WebOrigin> server = WebOrigin.parse(caller.scheme() + "://" + caller.host());
        return page.isPresent()
                && page.equals(server)
                && cannotBeRebound(server.get().host());
    }

    /** Whether no outsider can make this name resolve to us, which would defeat a comparison with Host. */
    private static boolean cannotBeRebound(String host) {
        boolean bracketed = host.startsWith("[");
        return host.equals("localhost")
                || bracketed
                || AddressRange.isLiteral(host)
                || !host.contains(".")
                || MachineName.VALUES.contains(host);
    }

    /** Looked up once, when first needed: a slow name service must not slow the start. */
    private static final class MachineName {
        static final List<String> VALUES = names();

        private static List<String> names() {
            try {
                InetAddress machine = InetAddress.getLocalHost();
                return List.of(
                        machine.getHostName().toLowerCase(Locale.ROOT),
                        machine.getCanonicalHostName().toLowerCase(Locale.ROOT));
            } catch (UnknownHostException e) {
                return List.of();
            }
        }
    }

    /** Scheme, host and port of an origin (RFC 6454 §4), the port made explicit. */
    record WebOrigin(String scheme, String host, int port) {

        /** Not java.net.URI, which knows no host names with an underscore, and those exist in intranets. */
        private static final Pattern FORM =
                Pattern.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?");

        static Optional<WebOrigin> parse(String text) {
            Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
            if (!form.matches()) {
                return Optional.empty();
            }
            String scheme = form.group(1);
            int port = form.group(3) == null ? defaultPort(scheme) : Integer.parseInt(form.group(3));
            return Optional.of(new WebOrigin(scheme, form.group(2), port));
        }

        /**
         * Whether this origin fits a pattern: {@code .domain}, {@code domain} or {@code scheme://[.]domain[:port]}, as
         * in the origin validator of Django Channels.
         */
        boolean matches(String pattern) {
            String wanted = pattern.toLowerCase(Locale.ROOT);
            int schemeEnd = wanted.indexOf("://");
            if (schemeEnd < 0) {
                return isSameDomain(wanted);
            }
            String wantedScheme = wanted.substring(0, schemeEnd);
            String authority = wanted.substring(schemeEnd + 3).replaceAll("/.*", "");
            int colon = authority.matches(".*:\\d+") ? authority.lastIndexOf(':') : authority.length();
            int wantedPort = colon == authority.length()
                    ? defaultPort(wantedScheme)
                    : Integer.parseInt(authority.substring(colon + 1));
            return scheme.equals(wantedScheme) && port == wantedPort && isSameDomain(authority.substring(0, colon));
        }

        private boolean isSameDomain(String pattern) {
            return pattern.startsWith(".")
                    ? host.endsWith(pattern) || host.equals(pattern.substring(1))
                    : host.equals(pattern);
        }

        private static int defaultPort(String scheme) {
            return switch (scheme) {
                case "http", "ws" -> 80;
                case "https", "wss" -> 443;
                default -> -1;
            };
        }
    }
}
