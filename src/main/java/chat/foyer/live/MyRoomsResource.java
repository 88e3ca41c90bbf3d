package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.reading.Sidebars;
import chat.foyer.room.Doors;
import chat.foyer.room.Right;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.user.Scope;
import chat.foyer.web.Caller;
import chat.foyer.web.OriginPolicy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The REST twin of a person's stream: their rooms with what is unread there, and what they have seen. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MyRoomsResource {

    @Inject
    Doors doors;

    @Inject
    OriginPolicy origins;

    @Inject
    RoomService rooms;

    @Inject
    Sidebars sidebars;

    @Context
    HttpServletRequest request;

    /**
     * Up to where somebody has seen a room. Immutable.
     *
     * @param seq the place of the last message seen
     */
    public record Seen(Long seq) {
        @JsonbCreator
        public Seen(@JsonbProperty("seq") Long seq) {
            this.seq = seq;
        }
    }

    /** The caller's rooms, by name, as events of {@code foyer.v1}. */
    @GET
    @Path("me/rooms")
    public Response list() {
        Identity person = person();
        String events =
                FrameEncoder.encodeOnce(new Batch(sidebars.rooms(person.user().id())));
        return Response.ok(events).header("Cache-Control", "no-store").build();
    }

    /** Takes an open room from the list of the caller, who has opened it but is no member. */
    @DELETE
    @Path("me/rooms/{room}")
    public Response forget(@Encoded @PathParam("room") String room) {
        Identity person = person();
        admitChange(person);
        sidebars.forget(person.user().id(), RoomName.fromPathSegment(room));
        return Response.noContent().build();
    }

    /** The caller has seen this room up to a place; written down within a second. */
    @PUT
    @Path("rooms/{room}/seen")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response see(@Encoded @PathParam("room") String room, Seen seen) {
        Identity person = person();
        admitChange(person);
        if (seen == null || seen.seq() == null || seen.seq() < 0) {
            throw new ChatException(Fault.MALFORMED, "Send {\"seq\": the place of the last message seen}.");
        }
        RoomName name = doors.require(RoomName.fromPathSegment(room), person, Right.READ)
                .name();
        rooms.seen(name, person, seen.seq());
        return Response.noContent().build();
    }

    private Identity person() {
        Identity identity = Caller.of(request).identity();
        if (identity.isGuest()) {
            throw new ChatException(Fault.GUESTS_REFUSED);
        }
        return identity;
    }

    /** No foreign page made the caller's browser call, and a program may do more than read. */
    private void admitChange(Identity person) {
        Optional<String> origin = OriginPolicy.originOf(request);
        if (!origins.admits(origin, request.getHeader("Cookie") != null, Caller.of(request))) {
            throw new ChatException(Fault.ORIGIN_REFUSED);
        }
        if (!person.proof().scope().includes(Scope.WRITE)) {
            throw new ChatException(Fault.SCOPE);
        }
    }
}
