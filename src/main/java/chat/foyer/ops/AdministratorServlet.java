package chat.foyer.ops;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.web.Problem;
import chat.foyer.words.Words;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A command for scripts with the administrator's token; whatever is refused is answered as a problem (RFC 9457). */
abstract class AdministratorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Configuration configuration;

    /** Carries out the command and returns the answer; the status is 200 unless it sets another. */
    abstract JsonObject act(HttpServletRequest request, HttpServletResponse response);

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            checkToken(request);
            JsonObject answer = act(request, response);
            response.setContentType("application/json");
            response.getWriter().write(answer.toString());
        } catch (ChatException refusal) {
            response.setStatus(refusal.fault().httpStatus());
            response.setContentType(Problem.TYPE);
            response.getWriter().write(Problem.of(refusal, Words.ENGLISH));
        }
    }

    private void checkToken(HttpServletRequest request) {
        String token = configuration
                .get(Settings.ADMIN_TOKEN)
                .orElseThrow(() -> new ChatException(
                        Fault.FORBIDDEN,
                        "Set " + Settings.ADMIN_TOKEN.key() + " to be able to give this node commands."));
        String claimed = String.valueOf(request.getHeader("Authorization"));
        byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, claimed.getBytes(StandardCharsets.UTF_8))) {
            throw new ChatException(
                    Fault.FORBIDDEN,
                    "Send the header Authorization: Bearer with the value of " + Settings.ADMIN_TOKEN.key() + ".");
        }
    }
}
