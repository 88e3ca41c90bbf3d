package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.user.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A page of several forms for somebody who has signed in; strangers and guests do that first and come back. Thread-safe. */
abstract class DeskServlet extends FormServlet {
    private static final long serialVersionUID = 1L;

    /** @throws ChatException unless whoever calls may see the page and do what it offers */
    abstract Identity visitor(HttpServletRequest request);

    abstract void show(Identity visitor, HttpServletRequest request);

    /** Does what a form says; the query by which the page is opened again, or empty to show it in this very answer. */
    abstract String carryOut(Identity visitor, HttpServletRequest request);

    @Override
    final String prepare(HttpServletRequest request, HttpServletResponse response) {
        if (SignIn.session(request).isEmpty()) {
            return SignIn.pathTo(request.getServletPath(), request);
        }
        show(visitor(request), request);
        form.begin(response);
        return "";
    }

    @Override
    final String act(HttpServletRequest request, HttpServletResponse response) {
        String query = carryOut(visitor(request), request);
        return query.isEmpty()
                ? prepare(request, response)
                : request.getContextPath() + request.getServletPath() + query;
    }
}
