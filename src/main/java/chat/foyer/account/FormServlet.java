package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.web.Languages;
import chat.foyer.web.Views;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A page with a form that works without scripts: shown by GET; a POST does what it says and leads on, or shows the form
 * again with what was written and a sentence beside what is wrong.
 */
abstract class FormServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient FormView form;

    /** The view in {@code WEB-INF/views}. */
    abstract String view();

    /** Prepares what the view shows; where to go instead, or empty to show it. */
    abstract String prepare(HttpServletRequest request, HttpServletResponse response);

    /** Does what the form says; where to go then, or empty to show the view again. */
    abstract String act(HttpServletRequest request, HttpServletResponse response);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            answer(prepare(request, response), request, response);
        } catch (ChatException problem) {
            refuse(problem, request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String next;
        try {
            next = act(request, response);
        } catch (ChatException problem) {
            form.complain(problem);
            response.setStatus(problem.fault().httpStatus());
            problem.retryAfterSeconds().ifPresent(seconds -> response.setHeader("Retry-After", Long.toString(seconds)));
            doGet(request, response);
            return;
        }
        answer(next, request, response);
    }

    private void answer(String next, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        if (next.isEmpty()) {
            Views.show(view(), request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", next);
        }
    }

    private static void refuse(ChatException problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.sendError(problem.fault().httpStatus(), problem.in(Languages.of(request)));
    }

    /** What was written into a field; empty when nothing was. */
    static String field(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }
}
