package chat.foyer.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis is: {@code redis://[user:password@]host[:port][/database]}, {@code rediss} for TLS, {@code unix:///path} for a
 * socket of this machine. Immutable; never prints the password.
 *
 * @param host a name, underscores included, an address, or the path of a socket
 * @param user the ACL user; empty for the default one
 * @param password empty when there is none
 */
public record RedisUrl(
        boolean tls, Optional<String> user, Optional<String> password, String host, int port, int database) {
    private static final int DEFAULT_PORT = 6379;
    private static final int MAX_PORT = 65_535;

    // not java.net.URI, which knows no host names with an underscore, as container networks have them
    private static final Pattern FORM =
            Pattern.compile("(rediss?)://(?:([^:@/]*):([^@/]*)@)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?"
                    + "(?:/(\\d{1,4})?)?");

    private static final Pattern SOCKET = Pattern.compile("unix://(?:([^:@/]*):([^@/]*)@)?(/[^?#]+)");

    static RedisUrl parse(String text) {
        Matcher socket = SOCKET.matcher(text);
        if (socket.matches()) {
            return new RedisUrl(false, decoded(socket.group(1)), decoded(socket.group(2)), socket.group(3), 0, 0);
        }
        Matcher form = FORM.matcher(text);
        int port = form.matches() && form.group(5) != null ? Integer.parseInt(form.group(5)) : DEFAULT_PORT;
        if (!form.matches() || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "write redis://host[:port][/database], redis://:password@host or redis://user:password@host,"
                            + " rediss:// for TLS, or unix:///path of a socket");
        }
        return new RedisUrl(
                form.group(1).equals("rediss"),
                decoded(form.group(2)),
                decoded(form.group(3)),
                form.group(4),
                port,
                form.group(6) == null ? 0 : Integer.parseInt(form.group(6)));
    }

    private static Optional<String> decoded(String text) {
        return text == null || text.isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Whether it is reached through a file, {@code unix://[user:password@]/path}, which then is its host. */
    public boolean unix() {
        return host.startsWith("/");
    }

    @Override
    public String toString() {
        return unix() ? host : host + ":" + port;
    }
}
