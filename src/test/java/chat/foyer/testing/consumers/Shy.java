package chat.foyer.testing.consumers;

import chat.foyer.channel.consumer.Consumer;
import jakarta.ejb.Stateless;
import jakarta.json.JsonObject;

/** In a WAR under test: an EJB with a handler that nobody can call. */
@Stateless
@Consumer("secrets")
public class Shy {

    void whisper(JsonObject event) {}
}
