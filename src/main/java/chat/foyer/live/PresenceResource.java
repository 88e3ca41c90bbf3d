package chat.foyer.live;

import chat.foyer.presence.Attendance;
import chat.foyer.presence.Presence;
import chat.foyer.room.Access;
import chat.foyer.room.Doors;
import chat.foyer.room.Right;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Who is in a room, for those who may enter it. */
@Path("/rooms/{room}/presence")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PresenceResource {
    private static final int MOST = 1_000;

    @Inject
    Doors doors;

    @Inject
    Presence presence;

    @Context
    HttpServletRequest request;

    /** {@code {count, people: [{id, name, guest, away}]}}; of very many people, some. */
    @GET
    public Response read(@Encoded @PathParam("room") String segment) {
        RoomName room = RoomName.fromPathSegment(segment);
        Access access = doors.require(room, Caller.of(request).identity(), Right.READ);
        Attendance attendance = presence.in(access.name(), MOST);
        return Response.ok(attendance).header("Cache-Control", "no-store").build();
    }
}
