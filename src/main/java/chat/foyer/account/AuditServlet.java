package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code /admin/audit}: what was done and by whom, for administrators. Thread-safe. */
@WebServlet("/admin/audit")
public class AuditServlet extends DeskServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient AuditTrail trail;

    @Inject
    private transient AuditView shown;

    @Override
    String view() {
        return "audit";
    }

    @Override
    Identity visitor(HttpServletRequest request) {
        return Callers.administrator(request);
    }

    @Override
    void show(Identity visitor, HttpServletRequest request) {
        Optional<String> before = Optional.of(field(request, "before")).filter(Predicate.not(String::isEmpty));
        shown.list(trail.read(visitor, before), before.isEmpty(), visitor.user().id());
    }

    @Override
    String carryOut(Identity visitor, HttpServletRequest request) {
        if (!field(request, "do").equals("verify")) {
            throw new ChatException(Fault.INVALID);
        }
        shown.verified(trail.verify(visitor));
        return "";
    }
}
