package chat.foyer.testing.consumers;

import chat.foyer.channel.ChannelLayer;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** In a WAR under test: {@code POST /ops/bench/<channel>} sends the event of the body. */
@WebServlet("/ops/bench/*")
public class BenchServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient ChannelLayer layer;

    ChannelLayer layer() {
        return layer;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (JsonReader body = Json.createReader(request.getInputStream())) {
            layer().blocking().send(request.getPathInfo().substring(1), body.readObject());
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
