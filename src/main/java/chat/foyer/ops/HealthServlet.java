package chat.foyer.ops;

import chat.foyer.channel.BusStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.consumer.Consumers;
import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.database.Database;
import chat.foyer.group.GroupRegistry;
import chat.foyer.live.Drain;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/**
 * Health for load balancers and orchestrators: {@code /ops/health/live}, {@code /ready} and {@code /started}, each 200
 * or 503 with a JSON body in the form of MicroProfile Health.
 *
 * <p>A bus that is down does not make a node unready: it still serves its own clients. A database that is away does, and so does draining.
 */
@WebServlet("/ops/health/*")
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient StartUp startUp;

    @Inject
    private transient Database database;

    @Inject
    private transient ChannelLayer layer;

    @Inject
    private transient Consumers consumers;

    @Inject
    private transient GroupRegistry groups;

    @Inject
    private transient Drain drain;

    @Inject
    private transient SelfTest selfTest;

    @Inject
    private transient Configuration configuration;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/live" -> answer(response, true, Json.createObjectBuilder().build());
            case "/started" ->
                answer(response, startUp.isStarted(), Json.createObjectBuilder().build());
            case "/ready" -> {
                boolean database = this.database.answers();
                answer(response, startUp.isStarted() && database && !drain.hasBegun(), details(database));
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND, "Ask for live, ready or started.");
        }
    }

    private JsonObject details(boolean databaseAnswers) {
        BusStatus bus = layer.status();
        Consumers.Activity activity = consumers.activity();
        return Json.createObjectBuilder()
                .add("mode", configuration.get(Settings.MODE).name().toLowerCase(Locale.ROOT))
                .add("database", database.description())
                .add("databaseAnswers", databaseAnswers)
                .add("history", database.embedded() && bus.spansNodes() ? "per node" : "common")
                .add("bus", bus.bus())
                .add("busConnected", bus.connected())
                .add("busDetail", bus.detail())
                .add("busSubscriptions", bus.subscriptions())
                .add("selfTest", selfTest.latest().map(SelfTest.Result::detail).orElse("running"))
                .add("consumers", activity.consumers())
                .add("eventsHandled", activity.handled())
                .add("eventsFailed", activity.failed())
                .add("eventsBusy", activity.busy())
                .add("draining", drain.hasBegun())
                .add("rooms", groups.roomCount())
                .add("connections", groups.connections().size())
                .build();
    }

    private static void answer(HttpServletResponse response, boolean up, JsonObject details) throws IOException {
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .write(Json.createObjectBuilder()
                        .add("status", up ? "UP" : "DOWN")
                        .add("details", details)
                        .build()
                        .toString());
    }
}
