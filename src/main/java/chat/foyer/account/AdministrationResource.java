package chat.foyer.account;

import chat.foyer.config.Configuration;
import chat.foyer.user.Identity;
import chat.foyer.user.PersonStore;
import chat.foyer.user.Role;
import chat.foyer.user.Site;
import chat.foyer.web.JsonBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** Accounts and the site, for administrators. One instance a request. */
@Path("/admin")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AdministrationResource {

    @Inject
    Configuration configuration;

    @Inject
    Administration administration;

    @Inject
    PersonStore people;

    @Context
    HttpServletRequest request;

    @Context
    UriInfo uri;

    /** All people, also those who are disabled, by user name; {@code next} is what to ask for after. */
    @GET
    @Path("people")
    public Response list(
            @QueryParam("query") @DefaultValue("") String query, @QueryParam("after") @DefaultValue("") String after) {
        Callers.administrator(request);
        return Answers.people(people.search(query, after, true, Answers.PAGE + 1), Answers::of, uri);
    }

    /** {@code {"role": "MEMBER" or "ADMINISTRATOR", "disabled": true or false}}, one or both. */
    @PATCH
    @Path("people/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@PathParam("id") String id, InputStream content) {
        Identity administrator = Callers.administrator(request);
        JsonBody body = JsonBody.read(content);
        return Answers.ok(Answers.of(administration.change(
                administrator, id, body.optionalOf(Role.class, "role"), body.optionalFlag("disabled"))));
    }

    /** Makes a link by which somebody chooses another password; shown this once. */
    @POST
    @Path("people/{id}/reset")
    public Response reset(@PathParam("id") String id) {
        String secret = administration.reset(Callers.administrator(request), id);
        String link = SiteAddress.of(configuration, request.getContextPath()) + "/reset?token=" + secret;
        return Answers.created(Json.createObjectBuilder().add("token", secret).add("link", link));
    }

    @POST
    @Path("people/{id}/sign-out")
    public Response signOut(@PathParam("id") String id) {
        administration.signOut(Callers.administrator(request), id);
        return Response.noContent().build();
    }

    @GET
    @Path("site")
    public Response site() {
        Callers.administrator(request);
        return Answers.ok(json(administration.site()));
    }

    /** {@code {"name": …, "language": …, "guests": …, "registration": …}}; what is left away stays as it is. */
    @PATCH
    @Path("site")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response changeSite(InputStream content) {
        Identity administrator = Callers.administrator(request);
        JsonBody body = JsonBody.read(content);
        Site before = administration.site();
        Site wanted = new Site(
                body.optionalText("name").orElse(before.name()),
                body.optionalText("language").orElse(before.language()),
                body.optionalFlag("guests").orElse(before.guests()),
                body.optionalFlag("registration").orElse(before.registration()));
        return Answers.ok(json(administration.change(administrator, wanted)));
    }

    private static JsonObjectBuilder json(Site site) {
        return Json.createObjectBuilder()
                .add("name", site.name())
                .add("language", site.language())
                .add("guests", site.guests())
                .add("registration", site.registration());
    }
}
