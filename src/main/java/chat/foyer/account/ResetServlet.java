package chat.foyer.account;

import chat.foyer.user.Account;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code /reset?token=…}: somebody chooses another password by a link from an administrator. */
@WebServlet("/reset")
public class ResetServlet extends FormServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient OwnAccount account;

    @Inject
    private transient SignIn signIn;

    @Override
    String view() {
        return "reset";
    }

    @Override
    String prepare(HttpServletRequest request, HttpServletResponse response) {
        form.about(account.checkReset(field(request, "token")).handle());
        form.begin(response);
        return "";
    }

    @Override
    String act(HttpServletRequest request, HttpServletResponse response) {
        Account changed = account.reset(field(request, "token"), field(request, "password"), SignIn.address(request));
        signIn.begin(changed, request, response);
        return request.getContextPath() + "/chat/";
    }
}
