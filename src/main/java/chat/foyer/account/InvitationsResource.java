package chat.foyer.account;

import chat.foyer.config.Configuration;
import chat.foyer.user.Identity;
import chat.foyer.user.Invitation;
import chat.foyer.user.Role;
import chat.foyer.web.JsonBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Invitations, for administrators. One instance a request. */
@Path("/admin/invitations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class InvitationsResource {

    @Inject
    Configuration configuration;

    @Inject
    Joining joining;

    @Context
    HttpServletRequest request;

    @GET
    public Response list() {
        Callers.administrator(request);
        return Answers.ok(
                Json.createObjectBuilder().add("invitations", Answers.all(joining.open(), InvitationsResource::json)));
    }

    /** {@code {"role": "MEMBER", "note": …}}; the link in the answer is shown this once. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream content) {
        Identity administrator = Callers.administrator(request);
        JsonBody body = JsonBody.read(content);
        Joining.Made made = joining.invite(
                administrator,
                body.optionalOf(Role.class, "role").orElse(Role.MEMBER),
                body.optionalText("note").orElse(""));
        String link = SiteAddress.of(configuration, request.getContextPath()) + "/join?token=" + made.secret();
        return Answers.created(
                json(made.invitation()).add("token", made.secret()).add("link", link));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        joining.takeBack(Callers.administrator(request), id);
        return Response.noContent().build();
    }

    private static JsonObjectBuilder json(Invitation invitation) {
        return Json.createObjectBuilder()
                .add("id", invitation.id())
                .add("role", invitation.role().name())
                .add("note", invitation.note())
                .add("createdBy", invitation.createdBy())
                .add("createdAt", invitation.createdAt().toString())
                .add("endsAt", invitation.endsAt().toString());
    }
}
