package chat.foyer.account;

import chat.foyer.user.Account;
import chat.foyer.web.Languages;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code /join?token=…}: an invitation; without a token, where everybody may make themselves an account. */
@WebServlet("/join")
public class JoinServlet extends FormServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Joining joining;

    @Inject
    private transient SignIn signIn;

    @Override
    String view() {
        return "join";
    }

    @Override
    String prepare(HttpServletRequest request, HttpServletResponse response) {
        joining.check(field(request, "token"));
        form.begin(response);
        return "";
    }

    @Override
    String act(HttpServletRequest request, HttpServletResponse response) {
        NewAccount account = new NewAccount(
                field(request, "handle"),
                field(request, "name"),
                field(request, "password"),
                Languages.of(request).getLanguage());
        Account made = joining.join(field(request, "token"), account);
        signIn.begin(made, request, response);
        return request.getContextPath() + "/chat/";
    }
}
