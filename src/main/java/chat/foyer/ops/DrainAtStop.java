package chat.foyer.ops;

import chat.foyer.live.Drain;
import chat.foyer.presence.Presence;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Drains the node when the server stops or undeploys Foyer, before anything that draining needs is gone. */
@WebListener
public class DrainAtStop implements ServletContextListener {

    @Inject
    Drain drain;

    @Inject
    Presence presence;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        drain.stop();
        presence.sayGoodbye();
    }
}
