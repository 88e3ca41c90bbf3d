package chat.foyer.channel;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Opens the channel layer that the configuration asks for, and closes it at undeploy. */
@ApplicationScoped
public class ChannelLayers {

    @Inject
    Configuration configuration;

    @Inject
    @Any
    Instance<Bus> buses;

    @Produces
    @ApplicationScoped
    ChannelLayer open() {
        String wanted = configuration.bus();
        Bus bus = buses.stream()
                .filter(candidate -> candidate.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no bus is called " + wanted));
        return bus.open(nodeName());
    }

    void close(@Disposes ChannelLayer layer) {
        layer.close();
    }

    private String nodeName() {
        String name = configuration.get(Settings.NODE_ID).orElseGet(ChannelLayers::machineName);
        return name + "-" + ChannelNames.random();
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
