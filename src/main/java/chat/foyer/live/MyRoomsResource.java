package chat.foyer.live;

import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.reading.Sidebars;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The rooms of the caller with what is unread there: the REST twin of a person's stream. Not thread-safe; one for each request. */
@Path("/me/rooms")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MyRoomsResource {

    @Inject
    RestCallers callers;

    @Inject
    Sidebars sidebars;

    @Context
    HttpServletRequest request;

    /** By name, as events of {@code foyer.v1}. */
    @GET
    public Response list() {
        Identity person = callers.member(request);
        String events =
                FrameEncoder.encodeOnce(new Batch(sidebars.rooms(person.user().id())));
        return Response.ok(events).header("Cache-Control", "no-store").build();
    }

    /** Takes an open room from the list of the caller, who has opened it but is no member. */
    @DELETE
    @Path("{room}")
    public Response forget(@Encoded @PathParam("room") String room) {
        Identity person = callers.member(request);
        sidebars.forget(person.user().id(), RoomName.fromPathSegment(room));
        return Response.noContent().build();
    }
}
