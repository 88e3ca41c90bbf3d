package chat.foyer.account;

import chat.foyer.user.AuditStore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.OptionalLong;

/** The audit log, for administrators. One instance a request. */
@Path("/admin/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    @Inject
    AuditTrail trail;

    @Context
    HttpServletRequest request;

    /** A page of entries, the latest first; {@code before} in the answer asks for the next page. */
    @GET
    public Response read(@QueryParam("before") String before) {
        AuditTrail.Page page = trail.read(Callers.administrator(request), Optional.ofNullable(before));
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("entries", Answers.all(page.entries(), AuditResource::json));
        page.older().ifPresent(number -> json.add("before", number));
        return Answers.ok(json);
    }

    /** Whether the chain is whole, or which entry is the first that is not as it was written; reads all of it. */
    @GET
    @Path("/verification")
    public Response verify() {
        OptionalLong broken = trail.verify(Callers.administrator(request));
        JsonObjectBuilder verdict = Json.createObjectBuilder().add("whole", broken.isEmpty());
        broken.ifPresent(number -> verdict.add("firstBroken", number));
        return Answers.ok(verdict);
    }

    private static JsonObjectBuilder json(AuditStore.Row row) {
        return Json.createObjectBuilder()
                .add("number", row.number())
                .add("at", row.at().toString())
                .add("actor", row.actor())
                .add("action", row.action())
                .add("subject", row.subject())
                .add("detail", row.detail())
                .add("hash", row.hash());
    }
}
