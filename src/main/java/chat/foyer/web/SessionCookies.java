package chat.foyer.web;

import chat.foyer.user.Sessions.Begun;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** The cookies by which a browser is somebody: of the session, and of the stay that renews it. Thread-safe. */
public final class SessionCookies {
    private SessionCookies() {}

    /** Gives the browser a session that was begun by signing in; a stay that it had before is not its any more. */
    public static void begin(HttpServletRequest request, HttpServletResponse response, boolean secure, Begun begun) {
        if (begun.stay().isEmpty()) {
            takeBack(OwnCookie.STAY, request, response, secure);
        }
        renew(request, response, secure, begun);
    }

    /** Gives the browser a session that was renewed. */
    static void renew(HttpServletRequest request, HttpServletResponse response, boolean secure, Begun begun) {
        OwnCookie.SESSION.give(request, response, secure, begun.session(), Optional.empty());
        begun.stay()
                .ifPresent(
                        stay -> OwnCookie.STAY.give(request, response, secure, stay.token(), Optional.of(stay.age())));
    }

    /** Has the browser forget who it is. */
    public static void takeBack(HttpServletRequest request, HttpServletResponse response, boolean secure) {
        takeBack(OwnCookie.SESSION, request, response, secure);
        takeBack(OwnCookie.STAY, request, response, secure);
    }

    private static void takeBack(
            OwnCookie cookie, HttpServletRequest request, HttpServletResponse response, boolean secure) {
        if (cookie.of(request).isPresent()) {
            cookie.takeBack(request, response, secure);
        }
    }
}
