package chat.foyer.web;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is calling, as far as Foyer trusts what it sees. Immutable.
 *
 * @param identified whom the caller acts as; empty for a stranger where guests are not admitted
 * @param address the client's own address, taken from a trusted proxy's word where there is one
 * @param scheme {@code http} or {@code https}, as the client used it
 * @param host the Host the client addressed, with its port if one was written
 */
public record Caller(Optional<Identity> identified, InetAddress address, String scheme, String host) {
    private static final String ATTRIBUTE = Caller.class.getName();

    /** The caller of this request, as {@link CallerFilter} found it. */
    public static Caller of(HttpServletRequest request) {
        return known(request).orElseThrow(() -> new IllegalStateException("CallerFilter did not see this request"));
    }

    /** The same; empty for a request that was refused before. */
    static Optional<Caller> known(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** @throws ChatException ({@link Fault#SIGN_IN}) for a stranger */
    public Identity identity() {
        return identified.orElseThrow(() -> new ChatException(Fault.SIGN_IN));
    }

    /** Whether the client's own connection is encrypted. */
    public boolean secure() {
        return scheme.equals("https");
    }
}
