package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.room.RoomName;
import chat.foyer.user.Account;
import chat.foyer.user.Site;
import chat.foyer.web.Languages;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** {@code /setup?token=…}: the first run. */
@WebServlet("/setup")
public class SetupServlet extends FormServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Setup setup;

    @Inject
    private transient SignIn signIn;

    @Override
    String view() {
        return "setup";
    }

    @Override
    String prepare(HttpServletRequest request, HttpServletResponse response) {
        setup.check(field(request, "token"));
        form.fill("language", Languages.of(request).getLanguage());
        form.begin(response);
        return "";
    }

    @Override
    String act(HttpServletRequest request, HttpServletResponse response) {
        String language = field(request, "language");
        NewAccount account =
                new NewAccount(field(request, "handle"), field(request, "name"), field(request, "password"), language);
        Site site = new Site(
                field(request, "site"), language, !field(request, "guests").isEmpty(), false);
        Account made = setup.finish(field(request, "token"), account, site, rooms(field(request, "rooms")));
        signIn.begin(made, request, response);
        return request.getContextPath() + "/chat/";
    }

    private static List<RoomName> rooms(String text) {
        try {
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(Predicate.not(String::isEmpty))
                    .map(RoomName::new)
                    .distinct()
                    .toList();
        } catch (ChatException problem) {
            throw problem.about("rooms");
        }
    }
}
