package chat.foyer.channel.redis;

import chat.foyer.config.Configuration;
import chat.foyer.config.RedisUrl;
import chat.foyer.config.Settings;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Where Redis is and how to connect to it. Immutable; never prints the password. */
final class RedisServer {
    /** How long a connection may be silent before it counts as dead; heartbeats come three times as often. */
    static final int SILENCE_MILLIS = 6_000;

    static final int HEARTBEAT_MILLIS = 2_000;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int COMMAND_MILLIS = 2_000;

    /** In a script, Redis says it in words that differ from version to version. */
    private static final Pattern NOT_PERMITTED =
            Pattern.compile("^NOPERM|executing the script can't run|ACL failure in script");

    private static final Pattern CONNECTION = Pattern.compile("NOAUTH|READONLY");

    private final RedisUrl url;
    private final DefaultJedisClientConfig config;

    private RedisServer(RedisUrl url, List<X509Certificate> authorities) {
        this.url = url;
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP2) // Jedis mistakes a RESP3 push for a reply on a subscribed connection
                .user(url.user().orElse(null))
                .password(url.password().orElse(null))
                .database(url.database())
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(COMMAND_MILLIS)
                .blockingSocketTimeoutMillis(SILENCE_MILLIS)
                .clientName("foyer");
        if (url.tls()) {
            builder.sslOptions(RedisTls.trusting(authorities));
        }
        config = builder.build();
    }

    /** Those that the settings name, in their order. */
    static List<RedisServer> of(Configuration configuration) {
        return configuration.get(Settings.REDIS_URL).stream()
                .map(url -> new RedisServer(url, configuration.get(Settings.REDIS_CA_FILE)))
                .toList();
    }

    /** A new, authenticated connection. */
    Connection connect() {
        return url.unix()
                ? new Connection(() -> UnixSocket.connect(Path.of(url.host()), COMMAND_MILLIS), config)
                : new Connection(new HostAndPort(url.host(), url.port()), config);
    }

    /** What went wrong, in one phrase that an administrator can act on. */
    String explain(Throwable failure) {
        if (NOT_PERMITTED.matcher(String.valueOf(failure.getMessage())).find()) {
            return "Redis at " + this + " does not permit what Foyer needs, see docs/operations.md ("
                    + failure.getMessage() + ")";
        }
        if (failure instanceof JedisAccessControlException
                || (failure instanceof JedisDataException
                        && String.valueOf(failure.getMessage()).contains("AUTH"))) {
            return "Redis at " + this + " refuses the user or password in foyer.redis.url (" + failure.getMessage()
                    + ")";
        }
        if (failure instanceof JedisDataException) {
            return "Redis at " + this + " answers: " + failure.getMessage();
        }
        boolean distrusted = false;
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
            distrusted |= root instanceof CertificateException;
        }
        if (root instanceof CertificateException) {
            return "Redis at " + this + " has a certificate that is not valid for it: renew it, or write in "
                    + Settings.REDIS_URL.key() + " the host that it names (" + root.getMessage() + ")";
        }
        if (distrusted) {
            return "Redis at " + this
                    + " has a certificate of an unknown authority: put that authority's into the file of "
                    + Settings.REDIS_CA_FILE.key() + " (" + root.getMessage() + ")";
        }
        return "Redis at " + this + " cannot be reached" + (url.tls() ? " by TLS (" : " (") + root.getMessage() + ")";
    }

    /** The same for a command that was refused, which concerned this key. */
    String explain(JedisDataException refusal, String key) {
        return isOfOtherType(refusal)
                ? "Redis at " + this + " holds something at " + key + " that is not Foyer's: delete it"
                : explain(refusal);
    }

    /** Whether a key holds something else than what was asked for. */
    static boolean isOfOtherType(JedisDataException refusal) {
        return String.valueOf(refusal.getMessage()).contains("WRONGTYPE");
    }

    /** Whether another connection may fare better: one that is signed in, or that reaches what is the primary by now. */
    static boolean concernsConnection(JedisDataException refusal) {
        return CONNECTION.matcher(String.valueOf(refusal.getMessage())).find();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
