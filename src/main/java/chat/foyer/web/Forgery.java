package chat.foyer.web;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.Proof;
import chat.foyer.user.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells requests that a page of ours made from those that a stranger's page had the browser make. Thread-safe.
 *
 * <p>A page shows a token that follows from the browser's secret cookie by HMAC-SHA256, which no other site can read or
 * compute; so nothing needs to be stored, and it holds on every node.
 */
public final class Forgery {
    /** The header in which scripts send the token. */
    public static final String HEADER = "X-Foyer-Csrf";

    /** The field in which forms send it. */
    public static final String FIELD = "csrf";

    private Forgery() {}

    /** The token for the pages of this caller; gives a browser without a session the cookie it follows from. */
    public static String token(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> known = secretOf(request);
        if (known.isPresent()) {
            return token(known.get());
        }
        String secret = Secret.create();
        OwnCookie.FORM.give(request, response, Caller.of(request).secure(), secret, Optional.empty());
        return token(secret);
    }

    /** The token for the pages of somebody who has signed in; empty for everybody else. */
    public static Optional<String> tokenOfSession(HttpServletRequest request) {
        return hasSession(Caller.of(request)) ? secretOf(request).map(Forgery::token) : Optional.empty();
    }

    /** The token that follows from the secret of a session or form. */
    public static String token(String secret) {
        return Secret.following(secret, "csrf");
    }

    private static Optional<String> secretOf(HttpServletRequest request) {
        OwnCookie cookie = hasSession(Caller.of(request)) ? OwnCookie.SESSION : OwnCookie.FORM;
        return cookie.of(request).filter(Secret::isSecret);
    }

    /**
     * Checks a request that changes something.
     *
     * @throws ChatException ({@link Fault#FORGED}) when no page of ours made it
     */
    static void check(HttpServletRequest request) {
        if (needsToken(request)) {
            String token = Optional.ofNullable(request.getHeader(HEADER))
                    .or(() -> Optional.ofNullable(
                            FormType.isForm(request.getContentType()) ? request.getParameter(FIELD) : null))
                    .orElse("");
            boolean ours = secretOf(request)
                    .map(Forgery::token)
                    .filter(expected -> Secret.same(expected, token))
                    .isPresent();
            if (!ours) {
                throw new ChatException(Fault.FORGED);
            }
        }
    }

    /**
     * Whoever has signed in, and every request that a form of another site could make as well: a script of another site
     * can send JSON only with our leave (CORS), which nobody has.
     */
    private static boolean needsToken(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        return hasSession(caller) || caller.identified().map(Identity::isGuest).orElse(true) && isSimple(request);
    }

    private static boolean hasSession(Caller caller) {
        return caller.identified()
                .filter(identity -> identity.proof().kind() == Proof.Kind.SESSION)
                .isPresent();
    }

    /** Whether a form can send this kind of content (Fetch Standard, CORS-safelisted Content-Type). */
    private static boolean isSimple(HttpServletRequest request) {
        String type = request.getContentType();
        return FormType.isForm(type)
                || FormType.isMultipart(type)
                || String.valueOf(type).toLowerCase(Locale.ROOT).startsWith("text/plain");
    }
}
