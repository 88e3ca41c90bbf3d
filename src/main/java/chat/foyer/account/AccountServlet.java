package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.Person;
import chat.foyer.user.Sessions;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;

/** {@code /account}: what people change about themselves. Thread-safe. */
@WebServlet("/account")
public class AccountServlet extends FormServlet {
    private static final long serialVersionUID = 1L;

    private static final Map<String, String> NEWS = Map.of(
            "profile", "Your profile is saved.",
            "password", "Your password is changed. Everywhere else you are signed out.",
            "session", "That browser is signed out.",
            "others", "You are signed out everywhere but here.");

    @Inject
    private transient OwnAccount account;

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient AccountView shown;

    @Override
    String view() {
        return "account";
    }

    @Override
    String prepare(HttpServletRequest request, HttpServletResponse response) {
        Optional<Identity> session = SignIn.session(request);
        if (session.isEmpty()) {
            return SignIn.pathTo("/account", request);
        }
        Identity identity = session.get();
        Person person = account.of(identity);
        form.about(person.handle());
        form.fill("name", person.name());
        form.fill("zone", person.zone());
        form.tell(NEWS.getOrDefault(field(request, "done"), ""));
        shown.show(person, sessions.of(person.id()), identity.proof().id());
        form.begin(response);
        return "";
    }

    @Override
    String act(HttpServletRequest request, HttpServletResponse response) {
        Identity identity = Callers.inPerson(request);
        String what = field(request, "do");
        switch (what) {
            case "profile" ->
                account.describe(
                        identity,
                        Optional.of(field(request, "name")),
                        Optional.empty(),
                        Optional.of(field(request, "zone")));
            case "password" ->
                account.changePassword(
                        identity, SignIn.address(request), field(request, "current"), field(request, "new"));
            case "session" -> account.endSession(identity, field(request, "session"));
            case "others" -> account.endOtherSessions(identity);
            default -> throw new ChatException(Fault.INVALID);
        }
        return request.getContextPath() + "/account?done=" + what;
    }
}
