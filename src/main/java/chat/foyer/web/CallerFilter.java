package chat.foyer.web;

import chat.foyer.config.AddressRange;
import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.user.Credentials;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.Guests;
import chat.foyer.user.Identity;
import chat.foyer.user.Proof;
import chat.foyer.user.Recogniser;
import chat.foyer.user.Sessions;
import chat.foyer.user.Sessions.Begun;
import chat.foyer.user.Sessions.Place;
import chat.foyer.words.Phrase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Finds out who is calling and sets the security headers; every request that is served passes here first (see {@code web.xml}).
 *
 * <p>Who shows credentials is recognised by them or refused. Where guests are admitted everybody else is one: a browser
 * gets the guest cookie with its first page, and a WebSocket handshake without cookies is a program, which becomes a guest
 * of its own without a cookie. Elsewhere they stay strangers, and whoever needs to know them asks them to sign in.
 *
 * <p>A browser that is to stay signed in gets its next session with the first page after it was opened again. A handshake
 * renews nothing: the page that opens the socket was asked for before, and is who it says the caller is.
 */
public class CallerFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(CallerFilter.class), 1);
    private static final Pattern BEARER = Pattern.compile("(?i)Bearer(\\s.*)?");
    private static final Duration GUEST_COOKIE_AGE = Duration.ofDays(365);

    /** Scripts, styles and sockets from this origin only; no frames, no plug-ins, no inline code (CSP Level 3). */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    @Inject
    private transient Configuration configuration;

    @Inject
    private transient GuestPolicy guests;

    @Inject
    @Any
    private transient Instance<Recogniser> recognisers;

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient Languages languages;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");

        if (request.getRemoteAddr() == null) {
            return; // the client has gone meanwhile
        }
        languages.attachTo(request);
        Origin origin = originOf(request);
        Credentials credentials = credentialsOf(request);
        Optional<Identity> identified;
        try {
            identified = needsNobody(request)
                    ? Optional.empty()
                    : recognised(credentials)
                            .or(() -> renewed(request, response, origin))
                            .or(() -> guest(request, response, origin));
            identified.ifPresent(identity -> refuseProgramsOnPages(request, identity));
        } catch (ChatException refusal) {
            Problem.refuse(request, response, refusal);
            return;
        }
        if (credentials.session().isPresent() && isForPeople(request) && !hasSession(identified)) {
            OwnCookie.SESSION.takeBack(request, response, origin.isSecure());
        }
        new Caller(identified, origin.address(), origin.scheme(), origin.host()).attachTo(request);
        chain.doFilter(request, response);
    }

    /** A bearer that nobody knows is refused: a program whose token has ended is not to go on as a guest. */
    private Optional<Identity> recognised(Credentials credentials) {
        Optional<Identity> known = lookedUp(() -> recognisers.stream()
                .flatMap(recogniser -> recogniser.recognise(credentials).stream())
                .findFirst());
        if (known.isEmpty() && credentials.bearer().isPresent()) {
            throw new ChatException(Fault.TOKEN);
        }
        return known;
    }

    private static <T> Optional<T> lookedUp(Supplier<Optional<T>> query) {
        try {
            return query.get();
        } catch (ChatException refusal) {
            throw refusal;
        } catch (RuntimeException e) {
            LOG.warn("Nobody can be recognised: {}", e);
            throw new ChatException(Fault.UNAVAILABLE, Phrase.of("fault.caller"));
        }
    }

    /**
     * The person whose browser was closed meanwhile and is to stay signed in. Only what reads renews: what changes something
     * carries a token of the session before, if any, and could not be told from a forgery.
     */
    private Optional<Identity> renewed(HttpServletRequest request, HttpServletResponse response, Origin origin) {
        Optional<String> token = OwnCookie.STAY.of(request);
        if (token.isEmpty() || !reads(request) || !isForPeople(request)) {
            return Optional.empty();
        }
        Place place = new Place(origin.address().getHostAddress(), String.valueOf(request.getHeader("User-Agent")));
        Optional<Begun> begun = lookedUp(() -> sessions.renew(token.get(), place));
        begun.ifPresentOrElse(
                session -> SessionCookies.renew(request, response, origin.isSecure(), session),
                () -> OwnCookie.STAY.takeBack(request, response, origin.isSecure()));
        return begun.flatMap(session ->
                recognised(new Credentials(Optional.of(session.session()), Optional.empty(), Optional.empty())));
    }

    private static boolean reads(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** Pages change things for people who look at them; they must not let a program do what the API refuses it. */
    private static void refuseProgramsOnPages(HttpServletRequest request, Identity identity) {
        if (identity.proof().isOfProgram()
                && !reads(request)
                && !request.getServletPath().startsWith("/api/")) {
            throw new ChatException(Fault.SCOPE, "Programs use the API and sockets, not the forms of pages.");
        }
    }

    /**
     * One way at a time, the one that was chosen on purpose first: a browser adds its cookies to everything, and a request
     * must not count as a program's, which needs no proof against forgery, and then be carried out as its cookie's.
     */
    private static Credentials credentialsOf(HttpServletRequest request) {
        Optional<String> bearer = bearer(request);
        Optional<String> ticket = bearer.isEmpty() && isHandshake(request)
                ? Optional.ofNullable(request.getParameter("session_key"))
                : Optional.empty();
        Optional<String> session =
                bearer.isEmpty() && ticket.isEmpty() ? OwnCookie.SESSION.of(request) : Optional.empty();
        return new Credentials(session, bearer, ticket);
    }

    private static boolean hasSession(Optional<Identity> identified) {
        return identified
                .filter(identity -> identity.proof().kind() == Proof.Kind.SESSION)
                .isPresent();
    }

    /** The token (RFC 6750 §2.1), empty text for one that is missing or doubtful; {@code /ops/} has tokens of its own. */
    private static Optional<String> bearer(HttpServletRequest request) {
        if (request.getServletPath().startsWith("/ops/")) {
            return Optional.empty();
        }
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.stream().noneMatch(header -> BEARER.matcher(header).matches())) {
            return Optional.empty(); // perhaps the business of a proxy
        }
        return Optional.of(
                headers.size() == 1
                        ? headers.get(0).substring("Bearer".length()).strip()
                        : "");
    }

    private Optional<Identity> guest(HttpServletRequest request, HttpServletResponse response, Origin origin) {
        if (lookedUp(() -> Optional.of(guests.admitsGuests()))
                .filter(admitted -> admitted)
                .isEmpty()) {
            return Optional.empty();
        }
        String secret = OwnCookie.GUEST.of(request).filter(Guests::isSecret).orElse(null);
        if (secret == null) {
            secret = Guests.newSecret();
            if (isForPeople(request)) {
                OwnCookie.GUEST.give(request, response, origin.isSecure(), secret, Optional.of(GUEST_COOKIE_AGE));
            }
        }
        return Optional.of(Identity.ofGuest(Guests.holderOf(secret)));
    }

    /** Whether this request asks to become a WebSocket (RFC 6455 §4.1). */
    public static boolean isHandshake(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** Pages and the API; a socket without cookies is a program. */
    private static boolean isForPeople(HttpServletRequest request) {
        return !isHandshake(request) && !needsNobody(request);
    }

    /** Files, health and commands, which answer whoever asks, also when nobody can be looked up. */
    private static boolean needsNobody(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals(Assets.PATH) || path.startsWith("/ops/");
    }

    /** What the client connected to, and from where. */
    private record Origin(InetAddress address, String scheme, String host) {
        boolean isSecure() {
            return scheme.equals("https");
        }
    }

    private Origin originOf(HttpServletRequest request) {
        InetAddress peer = AddressRange.literal(withoutZone(request.getRemoteAddr()));
        String scheme = request.getScheme().toLowerCase(Locale.ROOT);
        String host = request.getHeader("Host") == null ? "" : request.getHeader("Host");
        if (!trusted(peer)) {
            return new Origin(peer, scheme, host);
        }
        InetAddress client = forwardedFor(request, peer);
        String forwardedScheme = lastOf(request, "X-Forwarded-Proto").toLowerCase(Locale.ROOT);
        String forwardedHost = lastOf(request, "X-Forwarded-Host");
        return new Origin(
                client,
                List.of("http", "https").contains(forwardedScheme) ? forwardedScheme : scheme,
                forwardedHost.isEmpty() ? host : forwardedHost);
    }

    /**
     * The nearest address that no trusted proxy vouches for: each proxy appends whom it heard from, so the list is read
     * from its end, and what stands before the first stranger may be invented.
     */
    private InetAddress forwardedFor(HttpServletRequest request, InetAddress peer) {
        List<String> hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
        InetAddress nearest = peer;
        for (int i = hops.size() - 1; i >= 0 && trusted(nearest); i--) {
            if (!AddressRange.isLiteral(hops.get(i))) {
                return nearest;
            }
            try {
                nearest = AddressRange.literal(hops.get(i));
            } catch (IllegalArgumentException e) {
                return nearest;
            }
        }
        return nearest;
    }

    private boolean trusted(InetAddress address) {
        return configuration.get(Settings.TRUSTED_PROXIES).stream().anyMatch(range -> range.contains(address));
    }

    private static String lastOf(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return last.substring(last.lastIndexOf(',') + 1).strip();
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%'); // fe80::1%eth0
        return zone < 0 ? address : address.substring(0, zone);
    }
}
