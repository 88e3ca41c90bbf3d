package chat.foyer.testing.consumers;

import chat.foyer.channel.consumer.Consumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;

/** In a WAR under test: a consumer of a layer that no setting names. */
@ApplicationScoped
public class Elsewhere {

    @Consumer(value = "work", layer = "jobs")
    void work(JsonObject event) {}
}
