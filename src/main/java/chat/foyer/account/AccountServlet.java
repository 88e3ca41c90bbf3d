package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.Person;
import chat.foyer.user.Scope;
import chat.foyer.user.Sessions;
import chat.foyer.user.Tokens;
import chat.foyer.web.Languages;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** {@code /account}: what people change about themselves. Thread-safe. */
@WebServlet("/account")
public class AccountServlet extends DeskServlet {
    private static final long serialVersionUID = 1L;

    private static final Set<String> NEWS = Set.of("profile", "password", "session", "others", "delete-token");

    @Inject
    private transient OwnAccount account;

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient Tokens tokens;

    @Inject
    private transient AccountView shown;

    @Override
    String view() {
        return "account";
    }

    @Override
    Identity visitor(HttpServletRequest request) {
        return Callers.inPerson(request);
    }

    @Override
    void show(Identity visitor, HttpServletRequest request) {
        Person person = account.of(visitor);
        form.about(person.handle());
        form.fill("name", person.name());
        form.fill("language", person.language());
        form.fill("zone", person.zone().isEmpty() ? AccountView.BROWSERS_ZONE : person.zone());
        form.fill("scope", Scope.WRITE.name());
        form.fill("days", AccountView.USUAL_DAYS);
        Optional.of(field(request, "done"))
                .filter(NEWS::contains)
                .ifPresent(done -> form.tell(Languages.of(request).of("account.done." + done)));
        shown.about(person);
        shown.sessions(sessions.of(person.id()), visitor.proof().id());
        shown.tokens(tokens.of(visitor));
    }

    @Override
    String carryOut(Identity visitor, HttpServletRequest request) {
        String what = field(request, "do");
        switch (what) {
            case "profile" -> describe(visitor, request);
            case "password" ->
                account.changePassword(
                        visitor, SignIn.address(request), field(request, "current"), field(request, "new"));
            case "session" -> account.endSession(visitor, field(request, "session"));
            case "others" -> account.endOtherSessions(visitor);
            case "delete-token" -> tokens.delete(visitor, field(request, "token"));
            case "token" -> {
                shown.made(makeToken(visitor, request));
                return ""; // in this answer and not after a redirect, since nobody can read the secret again
            }
            default -> throw new ChatException(Fault.INVALID);
        }
        return "?done=" + what;
    }

    private void describe(Identity visitor, HttpServletRequest request) {
        String zone = field(request, "zone");
        account.describe(
                visitor,
                Optional.of(field(request, "name")),
                Optional.of(field(request, "language")),
                Optional.of(zone.equals(AccountView.BROWSERS_ZONE) ? "" : zone));
    }

    private Tokens.Made makeToken(Identity visitor, HttpServletRequest request) {
        String scope = field(request, "scope");
        String days = field(request, "days");
        Choice.check(AccountView.SCOPES, scope, "scope");
        Choice.check(AccountView.DAYS, days, "days");
        Optional<Instant> end = days.equals(AccountView.FOR_EVER)
                ? Optional.empty()
                : Optional.of(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(Long.parseLong(days))));
        return tokens.make(visitor, field(request, "label"), Scope.valueOf(scope), end);
    }
}
