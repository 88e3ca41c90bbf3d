package chat.foyer.testing.consumers;

import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.Layer;
import chat.foyer.channel.consumer.Consumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In a WAR under test: {@code POST /ops/jobs/<channel>} sends the event of the body over a layer of its own. */
@WebServlet("/ops/jobs/*")
public class JobsServlet extends BenchServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger("chat.foyer.jobs");

    /** Receives there from a channel that another layer has, too. */
    @ApplicationScoped
    public static class Foreman {

        @Consumer(value = "orders", layer = "jobs")
        void take(JsonObject order) {
            LOG.info("[took {}]", order.getString("name"));
        }
    }

    @Inject
    @Layer("jobs")
    private transient ChannelLayer jobs;

    @Override
    ChannelLayer layer() {
        return jobs;
    }
}
