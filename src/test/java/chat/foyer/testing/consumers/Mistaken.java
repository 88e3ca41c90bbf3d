package chat.foyer.testing.consumers;

import chat.foyer.channel.consumer.Consumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;

/** In a WAR under test: declarations that fail the deployment. */
@ApplicationScoped
public class Mistaken {

    @Consumer("numbers")
    void count(int event) {}

    /** One of two that want the same events. */
    @ApplicationScoped
    public static class Baker {

        @Consumer("bread")
        void bake(JsonObject event) {}
    }

    /** The other one. */
    @ApplicationScoped
    public static class Miller {

        @Consumer("bread")
        void grind(JsonObject event) {}
    }

    /** Would have to be called through a proxy. */
    @ApplicationScoped
    public static final class Hermit {

        @Consumer("letters")
        void read(JsonObject event) {}
    }
}
