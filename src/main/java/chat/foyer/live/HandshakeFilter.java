package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.GroupRegistry;
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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Receives every handshake of {@code /ws/chat/*} before the server's WebSocket code does: refuses bad origins and
 * identities with 403, reads the room name from the raw path, and has the node join the room's group first, so that
 * nothing said elsewhere after the socket opened is missed.
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
        chain.doFilter(new Handshake(request, visit(request, caller)), response);
    }

    private Visit visit(HttpServletRequest request, Caller caller) {
        try {
            RoomName room = RoomName.fromPathSegment(segment(request));
            enterGroup(room);
            return new Visit(caller, room, null);
        } catch (ChatException refusal) {
            return new Visit(caller, null, refusal); // a browser learns the reason only from a close frame
        }
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
