package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.web.Caller;
import chat.foyer.web.OriginPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who may use rooms by REST. Thread-safe. */
@ApplicationScoped
public class RestCallers {

    @Inject
    Drain drain;

    @Inject
    OriginPolicy origins;

    /** @throws ChatException unless the caller may use rooms at all, and no foreign page made their browser call */
    Caller admit(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        caller.identity();
        boolean changes = !request.getMethod().equals("GET");
        if (changes) {
            drain.refuse();
        }
        Optional<String> origin = OriginPolicy.originOf(request);
        if (changes && !origins.admits(origin, request.getHeader("Cookie") != null, caller)) {
            throw new ChatException(Fault.ORIGIN_REFUSED);
        }
        return caller;
    }

    /** @throws ChatException unless it is somebody with an account; so guests learn nothing of who is where */
    Identity member(HttpServletRequest request) {
        Identity identity = admit(request).identity();
        if (identity.isGuest()) {
            throw new ChatException(Fault.GUESTS_REFUSED);
        }
        return identity;
    }
}
