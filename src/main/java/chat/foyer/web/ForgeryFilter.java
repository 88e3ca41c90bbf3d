package chat.foyer.web;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Refuses every request that changes something and that a stranger's page may have had the browser make, before any page
 * or resource sees it; so a new one cannot forget to ask. Mapped to everything in {@code web.xml}.
 *
 * <p>Programs that show a token of their own are let through: no browser sends those along by itself. So are the
 * operators' addresses below {@code /ops/}, which know no cookies.
 */
public class ForgeryFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final long MAX_FORM = 65_536;

    @Inject
    private transient OriginPolicy origins;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (!HARMLESS.contains(request.getMethod())
                    && !request.getServletPath().startsWith("/ops/")) {
                check(request);
            }
        } catch (ChatException refusal) {
            Problem.refuse(request, response, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private void check(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        boolean program = caller.identified()
                .filter(identity -> identity.proof().isOfProgram())
                .isPresent();
        if (program) {
            return;
        }
        if (!origins.admits(OriginPolicy.originOf(request), request.getHeader("Cookie") != null, caller)) {
            throw new ChatException(Fault.ORIGIN_REFUSED);
        }
        if (FormType.isForm(request.getContentType())) { // it is read to find the token, of whoever sends it
            long length = request.getContentLengthLong();
            if (length < 0 || length > MAX_FORM) {
                throw new ChatException(Fault.TOO_LARGE, Phrase.of("fault.form"));
            }
        }
        Forgery.check(request);
    }
}
