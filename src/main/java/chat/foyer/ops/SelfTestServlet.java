package chat.foyer.ops;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code POST /ops/self-test} with the administrator's token: 200 when a greeting came back over the bus, else 503. */
@WebServlet("/ops/self-test")
public class SelfTestServlet extends AdministratorServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SelfTest test;

    @Override
    JsonObject act(HttpServletRequest request, HttpServletResponse response) {
        SelfTest.Result result = test.run().join();
        response.setStatus(result.passed() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        return Json.createObjectBuilder()
                .add("status", result.passed() ? "passed" : "failed")
                .add("channel", SelfTest.CHANNEL)
                .add("millis", result.millis())
                .add("detail", result.detail())
                .build();
    }
}
