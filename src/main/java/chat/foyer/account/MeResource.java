package chat.foyer.account;

import chat.foyer.user.Identity;
import chat.foyer.user.Session;
import chat.foyer.user.Sessions;
import chat.foyer.web.Caller;
import chat.foyer.web.Forgery;
import chat.foyer.web.JsonBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The caller's own account. One instance a request. */
@Path("/me")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    OwnAccount account;

    @Inject
    Sessions sessions;

    @Context
    HttpServletRequest request;

    @Context
    HttpServletResponse response;

    /** Who I am, and the token that a browser's requests which change something carry. */
    @GET
    public Response read() {
        Identity identity = Caller.of(request).identity();
        JsonObjectBuilder me = identity.isGuest() ? Answers.ofGuest(identity.user()) : Answers.of(account.of(identity));
        return Answers.ok(me.add("csrf", Forgery.token(request, response)));
    }

    /** {@code {"name": …, "language": …, "zone": …}}; what is left away stays as it is. */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    public Response describe(InputStream content) {
        Identity identity = Callers.inPerson(request);
        JsonBody body = JsonBody.read(content);
        return Answers.ok(Answers.of(account.describe(
                identity, body.optionalText("name"), body.optionalText("language"), body.optionalText("zone"))));
    }

    /** {@code {"current": …, "new": …}}; all other sessions end. */
    @PUT
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response changePassword(InputStream content) {
        Identity identity = Callers.inPerson(request);
        JsonBody body = JsonBody.read(content);
        account.changePassword(identity, SignIn.address(request), body.text("current"), body.text("new"));
        return Response.noContent().build();
    }

    /** Where I am signed in, the latest used first. */
    @GET
    @Path("sessions")
    public Response sessions() {
        Identity identity = Callers.inPerson(request);
        return Answers.ok(Json.createObjectBuilder()
                .add("sessions", Answers.all(sessions.of(identity.user().id()), session -> json(session, identity))));
    }

    /** Signs me out everywhere but here. */
    @DELETE
    @Path("sessions")
    public Response endOtherSessions() {
        account.endOtherSessions(Callers.inPerson(request));
        return Response.noContent().build();
    }

    @DELETE
    @Path("sessions/{id}")
    public Response endSession(@PathParam("id") String id) {
        account.endSession(Callers.inPerson(request), id);
        return Response.noContent().build();
    }

    private static JsonObjectBuilder json(Session session, Identity caller) {
        return Json.createObjectBuilder()
                .add("id", session.id())
                .add("address", session.address())
                .add("agent", session.agent())
                .add("createdAt", session.createdAt().toString())
                .add("lastSeenAt", session.lastSeenAt().toString())
                .add("stays", session.stays())
                .add("current", session.id().equals(caller.proof().id()));
    }
}
