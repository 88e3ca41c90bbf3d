package chat.foyer.live;

import chat.foyer.message.MentionableStore;
import chat.foyer.room.Access;
import chat.foyer.room.Doors;
import chat.foyer.room.Right;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Whom one can mention in a room, for who writes there. Not thread-safe; one for each request. */
@Path("/rooms/{room}/mentionable")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MentionableResource {

    @Inject
    RestCallers callers;

    @Inject
    Doors doors;

    @Inject
    MentionableStore store;

    @Context
    HttpServletRequest request;

    /** {@code {people: [{id, handle, name, here}], room}}: a few whose names begin with the text, and whether {@code @room} counts. */
    @GET
    public Response search(
            @Encoded @PathParam("room") String segment, @QueryParam("query") @DefaultValue("") String query) {
        Identity author = callers.member(request);
        Access access = doors.require(RoomName.fromPathSegment(segment), author, Right.READ);
        MentionableStore.Answer answer =
                store.search(access.room(), author.user().id(), query);
        JsonArrayBuilder people = Json.createArrayBuilder();
        answer.people()
                .forEach(each -> people.add(Json.createObjectBuilder()
                        .add("id", each.person().id())
                        .add("handle", each.handle())
                        .add("name", each.person().name())
                        .add("here", each.here())));
        return RoomsResource.ok(Json.createObjectBuilder().add("people", people).add("room", answer.all()));
    }
}
