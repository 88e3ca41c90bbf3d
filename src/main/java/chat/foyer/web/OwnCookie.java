package chat.foyer.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The cookies of ours: for this site alone, not for scripts, not sent along by other sites' forms, and behind TLS only
 * over TLS. Thread-safe.
 */
public enum OwnCookie {
    /** By which a guest is the same tomorrow. */
    GUEST("foyer_guest"),
    /** Of somebody who has signed in. */
    SESSION("foyer_session"),
    /** Renews a session after the browser was closed. */
    STAY("foyer_stay"),
    /** Binds a form to the browser it was shown in, before anybody has signed in there. */
    FORM("foyer_form");

    private final String key;

    OwnCookie(String key) {
        this.key = key;
    }

    /** What the request shows, the first, should it show several; or what the browser was given in the answer to it. */
    public Optional<String> of(HttpServletRequest request) {
        if (request.getAttribute(attribute()) instanceof String given) {
            return Optional.of(given).filter(Predicate.not(String::isEmpty));
        }
        Cookie[] cookies = request.getCookies() == null ? new Cookie[0] : request.getCookies();
        return Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(key))
                .map(Cookie::getValue)
                .findFirst();
    }

    /** Gives it to the browser for so long; without an age until the browser is closed. */
    public void give(
            HttpServletRequest request,
            HttpServletResponse response,
            boolean secure,
            String value,
            Optional<Duration> age) {
        Cookie cookie = new Cookie(key, value);
        cookie.setPath(request.getContextPath() + "/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", "Lax");
        age.ifPresent(time -> cookie.setMaxAge((int) time.toSeconds()));
        response.addCookie(cookie);
        request.setAttribute(attribute(), value);
    }

    private String attribute() {
        return OwnCookie.class.getName() + '.' + key;
    }

    /** Has the browser forget it. */
    public void takeBack(HttpServletRequest request, HttpServletResponse response, boolean secure) {
        give(request, response, secure, "", Optional.of(Duration.ZERO));
    }
}
