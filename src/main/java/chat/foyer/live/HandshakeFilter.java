package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Connection;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.Outbox;
import chat.foyer.group.Threads;
import chat.foyer.protocol.Wire;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import chat.foyer.web.CallerFilter;
import chat.foyer.web.OriginPolicy;
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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Receives every handshake of {@code /ws/chat/*} before the server's WebSocket code does: refuses bad origins and
 * identities with 403, reads the room name from the raw path, and has the connection enter its room. Both servers answer
 * the handshake before they call the endpoint, so only this way nothing is missed that is said once the client sees the
 * socket open, here or on another node.
 *
 * <p>The server then sees a handshake for one fixed path, with and without trailing slash alike: Tyrus and Undertow
 * differ in how they match and decode paths (see {@code docs/decisions/0001-handshake-filter.md}).
 */
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "/ws/chat/";

    /** How long the first socket of a room waits for the bus; hints that are lost all the same are none of ours. */
    private static final long JOIN_MILLIS = 250;

    @Inject
    private transient Configuration configuration;

    @Inject
    private transient OriginPolicy origins;

    @Inject
    private transient GroupRegistry groups;

    @Inject
    private transient RoomService rooms;

    @Inject
    private transient Threads threads;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!CallerFilter.isHandshake(request)) {
            response.sendError(426, "Open this address as a WebSocket.");
            return;
        }
        Caller caller = Caller.of(request);
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        if (!origins.admits(origin, request.getHeader("Cookie") != null, caller)) {
            response.sendError(Fault.ORIGIN_REFUSED.httpStatus(), Fault.ORIGIN_REFUSED.sentence());
            return;
        }
        if (!configuration.get(Settings.GUESTS)) {
            response.sendError(Fault.GUESTS_REFUSED.httpStatus(), Fault.GUESTS_REFUSED.sentence());
            return;
        }
        Visit visit = visit(request, caller);
        try {
            chain.doFilter(new Handshake(request, visit), response);
        } finally {
            if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                visit.visitor().ifPresent(rooms::leave);
            }
        }
    }

    private Visit visit(HttpServletRequest request, Caller caller) {
        Outbox outbox = new Outbox(threads.closers());
        Optional<RoomVisitor> visitor = Optional.empty();
        try {
            RoomName room = RoomName.fromPathSegment(segment(request));
            enterGroup(room);
            visitor = Optional.of(
                    rooms.enter(new Connection(room, caller.user(), caller.address(), wire(request), outbox)));
        } catch (ChatException refusal) {
            // a browser learns the reason of a refusal only from a close frame, so the socket opens and closes
            outbox.close(refusal.fault(), refusal.getMessage());
        }
        return new Visit(caller.user().id(), outbox, visitor);
    }

    /** The wire that the server is going to select: the rich one whenever it is offered. */
    private static Wire wire(HttpServletRequest request) {
        boolean offered = Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(protocol -> protocol.strip().equals(Wire.SUBPROTOCOL));
        return offered ? Wire.RICH : Wire.PLAIN;
    }

    private static String segment(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String rest = uri.substring(uri.indexOf(PREFIX) + PREFIX.length());
        return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private void enterGroup(RoomName room) {
        try {
            groups.prepare(room).toCompletableFuture().get(JOIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // the bus is slow or down: this node's own clients do not wait for it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
