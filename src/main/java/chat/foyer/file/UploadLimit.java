package chat.foyer.file;

import chat.foyer.config.Configuration;
import chat.foyer.config.Limit;
import chat.foyer.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest file that can be uploaded to this node, in bytes: {@code foyer.limits.upload}, or less where the server lets no larger
 * request in, of which only its clients would learn. Thread-safe.
 *
 * <p>WildFly answers what is longer than a listener's {@code max-post-size} itself, 10 MB unless something else is configured. It tells
 * that size, 0 for none, as an MBean of each listener (JMX subsystem, domain {@code jboss.as}), but not while it deploys at its own start:
 * so nobody may ask before the first client has come.
 */
@ApplicationScoped
public class UploadLimit {
    private static final Logger LOG = LoggerFactory.getLogger(UploadLimit.class);
    private static final String LISTENERS = "jboss.as:subsystem=undertow,server=*,*";

    @Inject
    Configuration configuration;

    private Limit limit;

    @PostConstruct
    void start() {
        limit = within(ManagementFactory.getPlatformMBeanServer(), configuration.get(Settings.UPLOAD_LIMIT));
    }

    public Limit get() {
        return limit;
    }

    static Limit within(MBeanServer server, Limit wanted) {
        Optional<Listener> strictest = strictest(server);
        if (strictest.isEmpty() || strictest.get().mostBytes() >= wanted.value().orElse(Long.MAX_VALUE)) {
            return wanted;
        }
        Listener listener = strictest.get();
        LOG.warn(
                "foyer.limits.upload is {}, but WildFly lets at most {} bytes in, so files can have no more."
                        + " Raise it: /subsystem=undertow/server={}/{}={}:write-attribute(name=max-post-size, value=…)",
                wanted,
                listener.mostBytes(),
                listener.name().getKeyProperty("server"),
                listener.kind(),
                listener.name().getKeyProperty(listener.kind()));
        return new Limit(OptionalLong.of(listener.mostBytes()));
    }

    private static Optional<Listener> strictest(MBeanServer server) {
        try {
            return server.queryNames(new ObjectName(LISTENERS), null).stream()
                    .flatMap(name -> Listener.of(server, name).stream())
                    .min(Comparator.comparingLong(Listener::mostBytes));
        } catch (JMException e) {
            throw new IllegalStateException(LISTENERS, e);
        }
    }

    /** Where requests come in that are bounded. */
    private record Listener(ObjectName name, String kind, long mostBytes) {

        static Optional<Listener> of(MBeanServer server, ObjectName name) {
            return name.getKeyPropertyList().keySet().stream()
                    .filter(key -> key.endsWith("-listener"))
                    .findFirst()
                    .map(kind -> new Listener(name, kind, mostBytes(server, name)))
                    .filter(listener -> listener.mostBytes() > 0);
        }

        private static long mostBytes(MBeanServer server, ObjectName name) {
            try {
                return server.getAttribute(name, "maxPostSize") instanceof Number size ? size.longValue() : 0;
            } catch (JMException gone) { // or another server's: then its clients see what happens
                return 0;
            }
        }
    }
}
