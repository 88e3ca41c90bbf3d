package chat.foyer.live;

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

/** Up to where the caller has seen a room: the REST twin of {@code room.seen}. Not thread-safe; one for each request. */
@Path("/rooms/{room}/seen")
@RequestScoped
public class SeenResource {

    @Inject
    RestCallers callers;

    @Inject
    Doors doors;

    @Inject
    RoomService rooms;

    @Context
    HttpServletRequest request;

    /**
     * {@code {"seq": …}}, and {@code "back": true} for a place before the one that is known; written down within a second.
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response see(@Encoded @PathParam("room") String room, InputStream content) {
        Identity person = callers.member(request);
        JsonBody body = JsonBody.read(content);
        long place = body.place("seq");
        boolean back = body.optionalFlag("back").orElse(false);
        RoomName name = doors.require(RoomName.fromPathSegment(room), person, Right.READ)
                .name();
        rooms.seen(name, person, place, back);
        return Response.noContent().build();
    }
}
