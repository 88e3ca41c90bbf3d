package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.room.Room;
import chat.foyer.room.RoomName;
import chat.foyer.room.RoomStore;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.web.Caller;
import chat.foyer.web.Forgery;
import chat.foyer.web.Views;
import chat.foyer.words.Phrase;
import chat.foyer.words.Words;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * Chooses the Facelets view for an address: {@code /chat/}, {@code /chat/<room>/}, with {@code ?view=plain} or around the
 * message of {@code ?message=<id>}, and {@code /people}.
 */
@WebServlet(urlPatterns = {"", "/chat", "/chat/*", "/people"})
public class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "/chat/";
    private static final String PEOPLE = "/people";
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(PageServlet.class), 1);

    @Inject
    private transient PostingForm form;

    @Inject
    private transient RestCallers callers;

    @Inject
    private transient RoomService rooms;

    @Inject
    private transient RoomStore store;

    @Inject
    private transient PageView page;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!path.startsWith(PREFIX) && !path.equals(PEOPLE)) {
            redirect(request.getContextPath() + PREFIX, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        if (request.getParameterMap().keySet().stream().anyMatch(name -> name.startsWith("jakarta.faces."))) {
            redirect(request.getRequestURI(), response); // Faces would look for a view that was never saved, and fail
            return;
        }
        answer(request, response, () -> {
            if (path.equals(PEOPLE)) {
                showDirectory(request, response);
            } else {
                show(path.substring(PREFIX.length()), message(request), request, response);
            }
        });
    }

    /** What a page without scripts says in its room; what was wrong with it stands beside it when the page is shown again. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!path.startsWith(PREFIX) || !path.endsWith("/") || path.equals(PREFIX)) {
            super.doPost(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        String segment = path.substring(PREFIX.length());
        String text = Objects.requireNonNullElse(request.getParameter("message"), "");
        answer(request, response, () -> {
            RoomName room = RoomName.fromPathSegment(segment.substring(0, segment.length() - 1));
            try {
                form.post(room, callers.admit(request), String.valueOf(request.getParameter("ref")), text);
            } catch (ChatException problem) {
                response.setStatus(problem.fault().httpStatus());
                page.complain(problem, text);
                show(segment, Optional.empty(), request, response);
                return;
            }
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", request.getRequestURI());
        });
    }

    private interface Answer {
        void give() throws ServletException, IOException;
    }

    /** A problem has a page of its own; strangers sign in first. */
    private void answer(HttpServletRequest request, HttpServletResponse response, Answer answer)
            throws ServletException, IOException {
        try {
            answer.give();
        } catch (ChatException problem) {
            if (problem.fault() == Fault.SIGN_IN) {
                redirect(page.signInPath(request.getRequestURI() + query(request)), response);
                return;
            }
            response.setStatus(problem.fault().httpStatus());
            page.show(problem);
            Views.show("problem", request, response);
        }
    }

    private static void showDirectory(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (Caller.of(request).identity().isGuest()) {
            throw new ChatException(Fault.SIGN_IN);
        }
        Views.show("directory", request, response);
    }

    /** @param wanted the message that is to be seen */
    private void show(String segment, Optional<UUID> wanted, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (segment.isEmpty()) {
            Caller.of(request).identity();
            String named = request.getParameter("room"); // by a browser without scripts
            if (named == null) {
                Views.show("lobby", request, response);
            } else {
                redirect(request.getContextPath() + PREFIX + new RoomName(named).pathSegment() + "/", response);
            }
            return;
        }
        if (!segment.endsWith("/")) {
            redirect(request.getRequestURI() + "/" + query(request), response);
            return;
        }
        RoomName room = RoomName.fromPathSegment(segment.substring(0, segment.length() - 1));
        page.show(room);
        boolean plain = "plain".equals(request.getParameter("view"));
        RoomService.Opening opening = open(room, Caller.of(request).identity(), wanted);
        RoomName today = opening.access().name();
        if (!today.equals(room)) {
            redirect(request.getContextPath() + PREFIX + today.pathSegment() + "/" + query(request), response);
            return;
        }
        page.show(opening, partner(opening, Caller.of(request).identity()), wanted);
        page.offerForm(Forgery.token(request, response));
        if (plain) {
            Views.show("plain", Words.ENGLISH, request, response); // the page of the tutorial, as it is there
        } else {
            Views.show("room", request, response);
        }
    }

    /** The other one of a conversation of two. */
    private Optional<User> partner(RoomService.Opening opening, Identity reader) {
        return opening.access()
                .room()
                .filter(room -> room.kind() == Room.Kind.DIRECT)
                .flatMap(room -> store.find(room.name(), reader.user().id()))
                .flatMap(RoomStore.Sight::with);
    }

    private static String query(HttpServletRequest request) {
        return request.getQueryString() == null ? "" : "?" + request.getQueryString();
    }

    /** The message that the address asks for; one that can be none is as good as one that is not there. */
    private static Optional<UUID> message(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("message")).map(id -> {
            try {
                return UUID.fromString(id);
            } catch (IllegalArgumentException e) {
                return new UUID(0, 0);
            }
        });
    }

    private RoomService.Opening open(RoomName room, Identity reader, Optional<UUID> wanted) {
        try {
            return rooms.open(room, reader, wanted);
        } catch (ChatException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("The history of room {} could not be read: {}", room, e);
            throw new ChatException(Fault.UNAVAILABLE, Phrase.of("fault.history"));
        }
    }

    /** By path alone: sendRedirect would add a scheme and host, which are wrong behind a proxy. */
    private static void redirect(String path, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", path);
    }
}
