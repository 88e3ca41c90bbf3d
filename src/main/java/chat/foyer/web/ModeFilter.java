package chat.foyer.web;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers 404 to everything but {@code /ops/} on a node that serves nobody; stands before all other filters. */
public class ModeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Configuration configuration;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (configuration.get(Settings.MODE).serves()
                || request.getServletPath().startsWith("/ops/")) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_NOT_FOUND); // no page tells it: a worker has none
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .write("This node only works on channels (" + Settings.MODE.key()
                        + "). People are served by another.\n");
    }
}
