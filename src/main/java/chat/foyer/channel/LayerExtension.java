package chat.foyer.channel;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes when the application is deployed which layers its beans ask for by {@link Layer}. Thread-safe. */
public class LayerExtension implements Extension {
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    void note(@Observes ProcessInjectionPoint<?, ?> event) {
        ChannelLayers.nameIn(event.getInjectionPoint()).ifPresent(asked::add);
    }

    /** Their names. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }
}
