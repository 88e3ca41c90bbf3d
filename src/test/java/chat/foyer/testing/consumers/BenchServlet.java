package chat.foyer.testing.consumers;

import chat.foyer.channel.ChannelLayer;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * In a WAR under test: {@code POST /ops/bench/<channel>} sends the event of the body; with {@code ?after=<seconds>} so much
 * later, for what a request cannot ask for by then.
 */
@WebServlet("/ops/bench/*")
public class BenchServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient ChannelLayer layer;

    @Resource
    private transient ManagedScheduledExecutorService clock;

    ChannelLayer layer() {
        return layer;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String channel = request.getPathInfo().substring(1);
        String after = request.getParameter("after");
        try (JsonReader body = Json.createReader(request.getInputStream())) {
            JsonObject event = body.readObject();
            if (after == null) {
                layer().blocking().send(channel, event);
            } else {
                clock.schedule(() -> layer().send(channel, event), Long.parseLong(after), TimeUnit.SECONDS);
            }
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
