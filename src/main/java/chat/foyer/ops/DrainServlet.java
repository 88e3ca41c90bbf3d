package chat.foyer.ops;

import chat.foyer.channel.consumer.Consumers;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.live.Drain;
import chat.foyer.live.Drain.Drained;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * {@code POST /ops/drain?seconds=10} with the administrator's token: takes this node out of service and answers when
 * that is done, so that a script can stop the server next.
 */
@WebServlet("/ops/drain")
public class DrainServlet extends AdministratorServlet {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_SECONDS = 10;
    private static final int MAX_SECONDS = 300;

    @Inject
    private transient Consumers consumers;

    @Inject
    private transient Drain drain;

    @Override
    JsonObject act(HttpServletRequest request, HttpServletResponse response) {
        Duration time = seconds(request);
        consumers.takeNoMore();
        Drained drained = drain.begin(time).toCompletableFuture().join();
        return Json.createObjectBuilder()
                .add("status", "drained")
                .add("connections", drained.connections())
                .add("left", drained.left())
                .add("eventsBusy", consumers.activity().busy())
                .build();
    }

    private static Duration seconds(HttpServletRequest request) {
        String text = request.getParameter("seconds");
        if (text == null) {
            return Duration.ofSeconds(DEFAULT_SECONDS);
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > MAX_SECONDS) {
            throw new ChatException(Fault.MALFORMED, "seconds must be a whole number from 0 to " + MAX_SECONDS + ".");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }
}
