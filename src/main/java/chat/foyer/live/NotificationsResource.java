package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.reading.Level;
import chat.foyer.reading.Sidebars;
import chat.foyer.room.Access;
import chat.foyer.room.Doors;
import chat.foyer.room.Right;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.web.JsonBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Of what in a room the caller wants to be told; {@code room.listed} tells what it is. Not thread-safe; one for each request. */
@Path("/rooms/{room}/notifications")
@RequestScoped
public class NotificationsResource {

    @Inject
    RestCallers callers;

    @Inject
    Doors doors;

    @Inject
    Sidebars sidebars;

    @Context
    HttpServletRequest request;

    /** {@code {"level": "everything", "mentions" or "nothing"}}. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response choose(@Encoded @PathParam("room") String room, InputStream content) {
        Identity person = callers.member(request);
        Level level = JsonBody.read(content)
                .optionalOf(Level.class, "level")
                .orElseThrow(() -> new ChatException(Fault.INVALID, "\"level\" is everything, mentions or nothing.")
                        .about("level"));
        Access access = doors.require(RoomName.fromPathSegment(room), person, Right.READ);
        if (access.room().isEmpty()) {
            throw new ChatException(Fault.ROOM_NAME);
        }
        sidebars.choose(person.user().id(), access.name(), level);
        return Response.noContent().build();
    }
}
