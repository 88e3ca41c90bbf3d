package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.Proof;
import chat.foyer.user.Role;
import chat.foyer.user.Scope;
import chat.foyer.web.Caller;
import chat.foyer.words.Phrase;
import jakarta.servlet.http.HttpServletRequest;

/** Who may ask for what about accounts. Thread-safe. */
final class Callers {
    private Callers() {}

    /** @throws ChatException unless somebody with an account calls */
    static Identity member(HttpServletRequest request) {
        Identity identity = Caller.of(request).identity();
        if (identity.isGuest()) {
            throw new ChatException(Fault.GUESTS_REFUSED);
        }
        return identity;
    }

    /** @throws ChatException unless it is somebody in person, not a program in their name */
    static Identity inPerson(HttpServletRequest request) {
        Identity identity = member(request);
        if (identity.proof().kind() != Proof.Kind.SESSION) {
            throw new ChatException(Fault.SCOPE, Phrase.of("fault.scope.none"));
        }
        return identity;
    }

    /** @throws ChatException unless an administrator calls, or a program that may do as much */
    static Identity administrator(HttpServletRequest request) {
        Identity identity = member(request);
        if (identity.role() != Role.ADMINISTRATOR) {
            throw new ChatException(Fault.FORBIDDEN);
        }
        if (identity.proof().scope() != Scope.ADMIN) {
            throw new ChatException(Fault.SCOPE);
        }
        return identity;
    }
}
