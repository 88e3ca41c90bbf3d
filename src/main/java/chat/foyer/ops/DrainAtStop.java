package chat.foyer.ops;

import chat.foyer.bot.NodeStatus;
import chat.foyer.channel.consumer.Consumers;
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
    Consumers consumers;

    @Inject
    Drain drain;

    @Inject
    NodeStatus status;

    @Inject
    Presence presence;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        consumers.takeNoMore(); // handlers have the time that draining takes, and some more
        status.stopping();
        drain.stop();
        consumers.stop();
        presence.sayGoodbye();
    }
}
