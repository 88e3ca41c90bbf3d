package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.AuditLog;
import chat.foyer.user.AuditStore;
import chat.foyer.user.Identity;
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
import java.util.List;
import java.util.OptionalLong;

/** The audit log, for administrators; reading it is recorded, too. One instance a request. */
@Path("/admin/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final int PAGE = 100;

    @Inject
    AuditLog log;

    @Inject
    AuditStore store;

    @Context
    HttpServletRequest request;

    /** A page of entries, the latest first; {@code before} in the answer asks for the next page. */
    @GET
    public Response read(@QueryParam("before") String before) {
        Identity administrator = Callers.administrator(request);
        if (before != null && !before.matches("\\d{1,18}")) {
            throw new ChatException(Fault.CURSOR, "before must be a whole number.");
        }
        log.record(administrator.user().id(), "audit.read", "", before == null ? "" : "before " + before);
        List<AuditStore.Row> rows = store.before(before == null ? Long.MAX_VALUE : Long.parseLong(before), PAGE + 1);
        boolean more = rows.size() > PAGE;
        JsonObjectBuilder page = Json.createObjectBuilder()
                .add("entries", Answers.all(rows.stream().limit(PAGE).toList(), AuditResource::json));
        if (more) {
            page.add("before", rows.get(PAGE - 1).number());
        }
        return Answers.ok(page);
    }

    /** Whether the chain is whole, or which entry is the first that is not as it was written; reads all of it. */
    @GET
    @Path("/verification")
    public Response verify() {
        log.record(Callers.administrator(request).user().id(), "audit.verify", "", "");
        OptionalLong broken = store.verify();
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
