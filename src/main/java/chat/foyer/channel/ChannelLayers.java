package chat.foyer.channel;

import chat.foyer.config.Capacities;
import chat.foyer.config.Configuration;
import chat.foyer.config.ConfigurationException;
import chat.foyer.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The channel layers of this node: the usual one and those that {@code foyer.channel.layers} names. Opens each when it is
 * asked for, and closes them at undeploy. Thread-safe.
 */
@ApplicationScoped
public class ChannelLayers {

    @Inject
    Configuration configuration;

    @Inject
    @Any
    Instance<Bus> buses;

    private final Map<String, ChannelLayer> layers = new ConcurrentHashMap<>();
    private String node;

    @PostConstruct
    void nameNode() {
        node = configuration.get(Settings.NODE_ID).orElseGet(ChannelLayers::machineName) + "-" + ChannelNames.random();
    }

    /** What this process is called on every layer: its configured name and a random suffix. */
    public String node() {
        return node;
    }

    @Produces
    @ApplicationScoped
    ChannelLayer usual() {
        return named(Layer.DEFAULT);
    }

    @Produces
    @Layer("")
    ChannelLayer named(InjectionPoint wanted) {
        return named(wanted.getQualifiers().stream()
                .filter(Layer.class::isInstance)
                .map(qualifier -> ((Layer) qualifier).value())
                .findFirst()
                .orElseThrow());
    }

    /**
     * The layer of this name.
     *
     * @throws ConfigurationException when no setting names it
     */
    public ChannelLayer named(String name) {
        return layers.computeIfAbsent(name, this::open);
    }

    private ChannelLayer open(String name) {
        String wanted = name.equals(Layer.DEFAULT)
                ? configuration.bus()
                : Optional.ofNullable(configuration.get(Settings.CHANNEL_LAYERS).get(name))
                        .orElseThrow(() -> new ConfigurationException(
                                Settings.CHANNEL_LAYERS.key() + ": the program uses a layer called " + name + "; write "
                                        + name + "=memory, " + name + "=redis or " + name + "=database"));
        return buses.stream()
                .filter(bus -> bus.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no bus is called " + wanted))
                .open(name, node, options());
    }

    private LayerOptions options() {
        return new LayerOptions(
                new Capacities(
                        configuration.get(Settings.CHANNEL_CAPACITY), configuration.get(Settings.CHANNEL_CAPACITIES)),
                configuration.get(Settings.CHANNEL_EXPIRY),
                configuration.get(Settings.CHANNEL_GROUP_EXPIRY));
    }

    @PreDestroy
    void close() {
        layers.values().forEach(ChannelLayer::close);
    }

    private static String machineName() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9_-].*", "");
            return name.isEmpty() ? "node" : name.substring(0, Math.min(40, name.length()));
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
