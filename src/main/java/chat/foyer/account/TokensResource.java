package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.Scope;
import chat.foyer.user.Token;
import chat.foyer.user.Tokens;
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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The personal access tokens of the caller, which no program makes or deletes. One instance a request. */
@Path("/me/tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {
    private static final Duration LIFE = Duration.ofDays(90);
    private static final String NEVER = "never";

    @Inject
    Tokens tokens;

    @Context
    HttpServletRequest request;

    /** All of them, the newest first. */
    @GET
    public Response list() {
        return Answers.ok(Json.createObjectBuilder()
                .add("tokens", Answers.all(tokens.of(Callers.member(request)), TokensResource::json)));
    }

    /**
     * {@code {"label": …, "scope": "READ", "WRITE" or "ADMIN", "expiresAt": a time or "never"}}; the answer alone shows the
     * token itself.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(InputStream content) {
        Identity owner = Callers.inPerson(request);
        JsonBody body = JsonBody.read(content);
        Tokens.Made made = tokens.make(
                owner,
                body.text("label"),
                body.optionalOf(Scope.class, "scope").orElse(Scope.WRITE),
                expiry(body.optionalText("expiresAt")));
        return Answers.created(json(made.token()).add("token", made.secret().text()));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        tokens.delete(Callers.inPerson(request), id);
        return Response.noContent().build();
    }

    private static Optional<Instant> expiry(Optional<String> asked) {
        if (asked.isEmpty()) {
            return Optional.of(Instant.now().plus(LIFE));
        }
        try {
            return asked.filter(text -> !text.equals(NEVER)).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new ChatException(Fault.INVALID, "Write a time such as 2027-01-31T12:00:00Z, or \"never\".")
                    .about("expiresAt");
        }
    }

    private static JsonObjectBuilder json(Token token) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", token.id())
                .add("label", token.label())
                .add("scope", token.scope().name())
                .add("createdAt", token.createdAt().toString());
        token.expiresAt().ifPresent(end -> json.add("expiresAt", end.toString()));
        token.usedAt().ifPresent(use -> json.add("usedAt", use.toString()));
        return json;
    }
}
