package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.Scope;
import chat.foyer.user.Token;
import chat.foyer.user.Tokens;
import chat.foyer.web.Caller;
import chat.foyer.web.Need;
import chat.foyer.web.Needs;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
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
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The personal access tokens of the caller. One instance a request. */
@Path("/me/tokens")
@RequestScoped
@Needs(Need.SESSION)
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {
    private static final int DEFAULT_DAYS = 90;

    @Inject
    Tokens tokens;

    @Context
    HttpServletRequest request;

    /** All of them, the newest first. */
    @GET
    @Needs(Need.ACCOUNT)
    public Response list() {
        JsonArrayBuilder all = Json.createArrayBuilder();
        tokens.of(caller()).stream().map(TokensResource::json).forEach(all::add);
        return Answers.json(Response.Status.OK, Json.createObjectBuilder().add("tokens", all));
    }

    /** Makes one: {@code {"label": "…", "scope": "read", "days": 30}}; the answer alone holds the token itself. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(String body) {
        JsonObject wanted = Answers.read(body);
        Tokens.Made made = tokens.make(caller(), label(wanted), scope(wanted), life(wanted));
        return Answers.json(
                Response.Status.CREATED,
                json(made.token()).add("token", made.secret().text()));
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        tokens.delete(caller(), id);
        return Response.noContent().build();
    }

    private Identity caller() {
        return Caller.of(request).identity();
    }

    private static String label(JsonObject wanted) {
        if (wanted.get("label") instanceof JsonString label) {
            return label.getString();
        }
        throw new ChatException(Fault.MALFORMED, "Send a \"label\" that says what the token is for.");
    }

    private static Scope scope(JsonObject wanted) {
        String asked = wanted.get("scope") instanceof JsonString scope ? scope.getString() : "";
        return switch (wanted.containsKey("scope") ? asked : "write") {
            case "read" -> Scope.READ;
            case "write" -> Scope.WRITE;
            case "admin" -> Scope.ADMIN;
            default -> throw new ChatException(Fault.MALFORMED, "\"scope\" is \"read\", \"write\" or \"admin\".");
        };
    }

    private static Optional<Duration> life(JsonObject wanted) {
        JsonValue days = wanted.get("days");
        if (days == null) {
            return Optional.of(Duration.ofDays(DEFAULT_DAYS));
        }
        if (days instanceof JsonString word && word.getString().equals("never")) {
            return Optional.empty();
        }
        if (days instanceof JsonNumber number && number.toString().matches("[1-9]\\d{0,4}")) {
            return Optional.of(Duration.ofDays(number.longValue()));
        }
        throw new ChatException(Fault.MALFORMED, "\"days\" is a whole number from 1 to 365, or \"never\".");
    }

    private static JsonObjectBuilder json(Token token) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", token.id())
                .add("label", token.label())
                .add("scope", token.scope().name().toLowerCase(Locale.ROOT))
                .add("createdAt", token.createdAt().toString());
        token.expiresAt().ifPresent(end -> json.add("expiresAt", end.toString()));
        token.usedAt().ifPresent(use -> json.add("usedAt", use.toString()));
        return json;
    }
}
