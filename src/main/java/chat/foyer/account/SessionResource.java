package chat.foyer.account;

import chat.foyer.user.Person;
import chat.foyer.web.JsonBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Signing in and out by REST. One instance a request. */
@Path("/session")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    @Inject
    SignIn signIn;

    @Context
    HttpServletRequest request;

    @Context
    HttpServletResponse response;

    /** {@code {"name": …, "password": …, "stay": false}}; the answer's cookie is the session. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(InputStream content) {
        JsonBody body = JsonBody.read(content);
        Person person = signIn.with(
                body.text("name"),
                body.text("password"),
                body.optionalFlag("stay").orElse(false),
                request,
                response);
        return Answers.ok(Answers.of(person));
    }

    @DELETE
    public Response end() {
        signIn.out(request, response);
        return Response.noContent().build();
    }
}
