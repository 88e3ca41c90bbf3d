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
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    @Inject
    BeanManager beans;

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
        return named(nameIn(wanted).orElseThrow());
    }

    /** The name of the layer that is asked for there by {@link Layer}. */
    static Optional<String> nameIn(InjectionPoint wanted) {
        return wanted.getQualifiers().stream()
                .filter(Layer.class::isInstance)
                .map(qualifier -> ((Layer) qualifier).value())
                .findFirst();
    }

    /**
     * The layer of this name.
     *
     * @throws ConfigurationException when no setting names it
     */
    public ChannelLayer named(String name) {
        return layers.computeIfAbsent(name, this::open);
    }

    /**
     * Checks that settings name all layers which beans ask for by {@link Layer}, and these; opens none.
     *
     * @throws ConfigurationException when one is missing, or several
     */
    public void requireNamed(Collection<String> others) {
        Set<String> missing = new TreeSet<>(others);
        missing.addAll(beans.getExtension(LayerExtension.class).asked());
        missing.removeIf(name -> busOf(name).isPresent());
        if (!missing.isEmpty()) {
            throw notNamed(missing);
        }
    }

    private static ConfigurationException notNamed(Collection<String> names) {
        return new ConfigurationException(Settings.CHANNEL_LAYERS.key()
                + ": the program uses layers that are missing here; add " + String.join("=redis, ", names)
                + "=redis, or memory or database instead of redis");
    }

    private Optional<String> busOf(String layer) {
        return layer.equals(Layer.DEFAULT)
                ? Optional.of(configuration.bus())
                : Optional.ofNullable(configuration.get(Settings.CHANNEL_LAYERS).get(layer));
    }

    private ChannelLayer open(String name) {
        String wanted = busOf(name).orElseThrow(() -> notNamed(Set.of(name)));
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
