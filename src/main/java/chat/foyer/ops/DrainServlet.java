package chat.foyer.ops;

import chat.foyer.channel.consumer.Consumers;
import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.live.Drain;
import chat.foyer.live.Drain.Drained;
import chat.foyer.web.Problem;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * {@code POST /ops/drain?seconds=10} with the administrator's token: takes this node out of service and answers when
 * that is done, so that a script can stop the server next.
 */
@WebServlet("/ops/drain")
public class DrainServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_SECONDS = 10;
    private static final int MAX_SECONDS = 300;

    @Inject
    private transient Configuration configuration;

    @Inject
    private transient Consumers consumers;

    @Inject
    private transient Drain drain;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            checkToken(request);
            Duration time = seconds(request);
            consumers.takeNoMore();
            Drained drained = drain.begin(time).toCompletableFuture().join();
            response.setContentType("application/json");
            response.getWriter()
                    .write(Json.createObjectBuilder()
                            .add("status", "drained")
                            .add("connections", drained.connections())
                            .add("left", drained.left())
                            .add("eventsBusy", consumers.activity().busy())
                            .build()
                            .toString());
        } catch (ChatException refusal) {
            response.setStatus(refusal.fault().httpStatus());
            response.setContentType(Problem.TYPE);
            response.getWriter().write(Problem.of(refusal));
        }
    }

    private void checkToken(HttpServletRequest request) {
        String token = configuration
                .get(Settings.ADMIN_TOKEN)
                .orElseThrow(() -> new ChatException(
                        Fault.FORBIDDEN, "Set " + Settings.ADMIN_TOKEN.key() + " to be able to drain this node."));
        String claimed = String.valueOf(request.getHeader("Authorization"));
        byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, claimed.getBytes(StandardCharsets.UTF_8))) {
            throw new ChatException(
                    Fault.FORBIDDEN,
                    "Send the header Authorization: Bearer with the value of " + Settings.ADMIN_TOKEN.key() + ".");
        }
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
