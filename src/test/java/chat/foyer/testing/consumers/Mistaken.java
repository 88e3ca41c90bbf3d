package chat.foyer.testing.consumers;

import chat.foyer.channel.consumer.Consumer;
import jakarta.enterprise.context.ApplicationScoped;

/** In a WAR under test: a declaration that fails the deployment. */
@ApplicationScoped
public class Mistaken {

    @Consumer("numbers")
    void count(int event) {}
}
