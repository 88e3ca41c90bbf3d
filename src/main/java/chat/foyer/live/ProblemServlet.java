package chat.foyer.live;

import chat.foyer.web.Languages;
import chat.foyer.web.Views;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The page for whatever goes wrong outside the views, instead of the servers' own, which show stack traces. Reached
 * through the error page of {@code web.xml} only.
 */
@WebServlet("/problem")
public class ProblemServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient PageView page;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer number ? number : HttpServletResponse.SC_NOT_FOUND;
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        boolean ours =
                request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null && code != 404 && message != null;
        response.setStatus(code);
        response.setContentType("text/html;charset=UTF-8");
        page.show(Languages.of(request).of(title(code)), ours ? String.valueOf(message) : "");
        Views.show("problem", request, response);
    }

    private static String title(int code) {
        if (code == HttpServletResponse.SC_NOT_FOUND) {
            return "problem.nothing";
        }
        return code >= 500 ? "problem.here" : "problem.refused";
    }
}
