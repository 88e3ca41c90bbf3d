package chat.foyer.account;

import chat.foyer.user.PersonStore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Who else has an account, for everybody with one. One instance a request. */
@Path("/people")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DirectoryResource {

    @Inject
    PersonStore people;

    @Context
    HttpServletRequest request;

    @Context
    UriInfo uri;

    /** People whose user name or name holds a text, by user name; {@code next} is what to ask for after. */
    @GET
    public Response search(
            @QueryParam("query") @DefaultValue("") String query, @QueryParam("after") @DefaultValue("") String after) {
        Callers.member(request);
        return Answers.people(people.search(query, after, false, Answers.PAGE + 1), Answers::inDirectory, uri);
    }
}
