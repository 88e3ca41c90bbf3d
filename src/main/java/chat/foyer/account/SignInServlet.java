package chat.foyer.account;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code /sign-in}, which leads on to {@code ?next=}. */
@WebServlet("/sign-in")
public class SignInServlet extends FormServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SignIn signIn;

    @Override
    String view() {
        return "sign-in";
    }

    @Override
    String prepare(HttpServletRequest request, HttpServletResponse response) {
        String next = LocalPath.of(request.getParameter("next"), request.getContextPath());
        if (SignIn.session(request).isPresent()) {
            return next;
        }
        form.leadTo(next);
        form.begin(response);
        return "";
    }

    @Override
    String act(HttpServletRequest request, HttpServletResponse response) {
        boolean stay = !field(request, "stay").isEmpty();
        signIn.with(field(request, "username"), field(request, "password"), stay, request, response);
        return LocalPath.of(request.getParameter("next"), request.getContextPath());
    }
}
