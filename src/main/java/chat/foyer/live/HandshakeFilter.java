package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Connection;
import chat.foyer.group.Outbox;
import chat.foyer.group.PersonStream;
import chat.foyer.group.Threads;
import chat.foyer.protocol.Wire;
import chat.foyer.room.Access;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import chat.foyer.web.CallerFilter;
import chat.foyer.web.Languages;
import chat.foyer.web.OriginPolicy;
import chat.foyer.words.Words;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Receives every handshake of {@code /ws/chat/*} and {@code /ws/me} before the server's WebSocket code does: refuses bad origins and
 * identities with 403, reads the room name from the raw path, and has the connection enter its room, or the stream join those of its person. Both servers answer
 * the handshake before they call the endpoint, so only this way nothing is missed that is said once the client sees the
 * socket open, here or on another node.
 *
 * <p>The server then sees a handshake for one fixed path, with and without trailing slash alike: Tyrus and Undertow
 * differ in how they match and decode paths (see {@code docs/decisions/0001-handshake-filter.md}).
 */
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "/ws/chat/";
    private static final Set<String> OWN = Set.of("/ws/me", "/ws/me/");

    @Inject
    private transient Configuration configuration;

    @Inject
    private transient Drain drain;

    @Inject
    private transient OriginPolicy origins;

    @Inject
    private transient RoomService rooms;

    @Inject
    private transient StreamService streams;

    @Inject
    private transient Threads threads;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!CallerFilter.isHandshake(request)) {
            response.setHeader("Sec-WebSocket-Version", "13");
            response.sendError(426, "Open this address as a WebSocket.");
            return;
        }
        if (!isSound(request)) {
            response.sendError(400, "This is no WebSocket handshake of version 13 (RFC 6455, section 4.1).");
            return;
        }
        if (drain.hasBegun()) {
            response.setHeader("Retry-After", "1");
            response.sendError(Fault.RESTARTING.httpStatus(), Fault.RESTARTING.sentence());
            return;
        }
        Caller caller = Caller.of(request);
        Optional<String> origin = OriginPolicy.originOf(request);
        if (!origins.admits(origin, request.getHeader("Cookie") != null, caller)) {
            response.sendError(Fault.ORIGIN_REFUSED.httpStatus(), Fault.ORIGIN_REFUSED.sentence());
            return;
        }
        if (caller.identified().isEmpty()) {
            response.sendError(Fault.SIGN_IN.httpStatus(), Fault.SIGN_IN.sentence());
            return;
        }
        boolean ofPerson = OWN.contains(path(request));
        if (ofPerson && !admitsStream(request, caller, response)) {
            return;
        }
        Visit visit = visit(request, caller, ofPerson);
        if (drain.hasBegun()) { // perhaps too late for it to see this connection
            visit.outbox().close(Fault.RESTARTING, Fault.RESTARTING.sentence());
        }
        try {
            chain.doFilter(new Handshake(request, visit), response);
        } finally {
            if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                visit.visitor().ifPresent(Visitor::leave);
            }
        }
    }

    /** Both servers accept nearly anything, and then some sockets never open or never end. */
    private static boolean isSound(HttpServletRequest request) {
        String connection = String.valueOf(request.getHeader("Connection")).toLowerCase(Locale.ROOT);
        return request.getMethod().equals("GET")
                && request.getProtocol().equals("HTTP/1.1")
                && connection.contains("upgrade")
                && "13".equals(request.getHeader("Sec-WebSocket-Version"))
                && String.valueOf(request.getHeader("Sec-WebSocket-Key")).matches("[A-Za-z0-9+/]{22}==");
    }

    /** Whether a person has come for the stream of their rooms, which speaks the rich wire only; answers if not. */
    private static boolean admitsStream(HttpServletRequest request, Caller caller, HttpServletResponse response)
            throws IOException {
        if (caller.identity().isGuest()) {
            response.sendError(Fault.GUESTS_REFUSED.httpStatus(), Fault.GUESTS_REFUSED.sentence());
            return false;
        }
        if (wire(request) == Wire.PLAIN) {
            response.sendError(400, "Offer the WebSocket subprotocol " + Wire.SUBPROTOCOL + " here.");
            return false;
        }
        return true;
    }

    private Visit visit(HttpServletRequest request, Caller caller, boolean ofPerson) {
        Outbox outbox = new Outbox(threads.closers(), threads.closersLater());
        Optional<Visitor> visitor = Optional.empty();
        try {
            visitor = Optional.of(
                    ofPerson
                            ? streams.enter(new PersonStream(
                                    caller.identity(), caller.address(), Languages.of(request), outbox))
                            : inRoom(request, caller, outbox));
        } catch (ChatException refusal) {
            // a browser learns the reason of a refusal only from a close frame, so the socket opens and closes
            outbox.close(refusal.fault(), refusal.getMessage());
        }
        return new Visit(caller.identity().user().id(), outbox, visitor, configuration.get(Settings.FRAME_LIMIT));
    }

    private RoomVisitor inRoom(HttpServletRequest request, Caller caller, Outbox outbox) {
        Access access = rooms.admit(RoomName.fromPathSegment(segment(request)), caller.identity());
        Wire wire = wire(request);
        Words words = wire == Wire.RICH ? Languages.of(request) : Words.ENGLISH; // the plain one tells nobody anything
        Connection connection =
                new Connection(access.name(), caller.identity(), caller.address(), wire, words, outbox, access.head());
        Optional<Cursor> cursor = wire == Wire.RICH
                ? Cursor.parse(request.getParameter("epoch"), request.getParameter("after"))
                : Optional.empty();
        return rooms.enter(connection, cursor);
    }

    /** The wire that the server is going to select: the rich one whenever it is offered. */
    private static Wire wire(HttpServletRequest request) {
        boolean offered = Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(protocol -> protocol.strip().equals(Wire.SUBPROTOCOL));
        return offered ? Wire.RICH : Wire.PLAIN;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    private static String segment(HttpServletRequest request) {
        String path = path(request);
        if (!path.startsWith(PREFIX)) { // mapped here after the server's own decoding, such as /ws//chat/lobby
            throw new ChatException(Fault.ROOM_NAME, "Sockets are at " + PREFIX + " and the name of a room.");
        }
        String rest = path.substring(PREFIX.length());
        return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }

    /** The handshake as the server's WebSocket code sees it. */
    private static final class Handshake extends HttpServletRequestWrapper {
        private static final String PATH = PREFIX + "room";
        private final Visit visit;

        Handshake(HttpServletRequest request, Visit visit) {
            super(request);
            this.visit = visit;
        }

        @Override
        public Principal getUserPrincipal() {
            return visit;
        }

        @Override
        public String getRequestURI() {
            return getContextPath() + PATH;
        }

        @Override
        public String getServletPath() {
            return PATH;
        }

        @Override
        public String getPathInfo() {
            return null;
        }
    }
}
