package chat.foyer.testing.consumers;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.Layer;
import chat.foyer.channel.consumer.Consumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;

/** In a WAR under test: asks in both ways for layers that no setting names. */
@ApplicationScoped
public class Elsewhere {

    @Inject
    @Layer("drafts")
    ChannelLayer drafts;

    @Consumer(value = "work", layer = "jobs")
    void work(JsonObject event) {}
}
