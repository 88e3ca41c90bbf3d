package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.PersonStore;
import chat.foyer.web.Caller;
import chat.foyer.web.Forgery;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The caller's own account. One instance a request. */
@Path("/me")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    PersonStore people;

    @Context
    HttpServletRequest request;

    @Context
    HttpServletResponse response;

    /** Who I am, and the token that a browser's requests which change something carry. */
    @GET
    public Response read() {
        Identity identity = Caller.of(request).identity();
        JsonObjectBuilder me = identity.isGuest()
                ? Answers.ofGuest(identity.user())
                : Answers.of(people.byId(identity.user().id()).orElseThrow(() -> new ChatException(Fault.SIGNED_OUT)));
        return Answers.ok(me.add("csrf", Forgery.token(request, response)));
    }
}
