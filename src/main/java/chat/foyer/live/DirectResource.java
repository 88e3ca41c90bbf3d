package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.room.Room;
import chat.foyer.room.RoomStore;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.web.JsonBody;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Conversations of two by REST. One instance a request. */
@Path("/direct")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DirectResource {

    @Inject
    RestCallers callers;

    @Inject
    RoomStore store;

    @Context
    HttpServletRequest request;

    /** {@code {"person": id}}: the room of the caller and this person, always the same. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response with(InputStream content) {
        Identity caller = callers.member(request);
        String id = JsonBody.read(content).text("person");
        if (id.equals(caller.user().id())) {
            throw new ChatException(Fault.MALFORMED, Phrase.of("fault.conversation"));
        }
        User other = store.person(id).orElseThrow(() -> new ChatException(Fault.NO_PERSON));
        Room room = store.direct(caller.user(), other);
        return RoomsResource.ok(
                RoomsResource.json(store.find(room.name(), caller.user().id()).orElseThrow()));
    }
}
