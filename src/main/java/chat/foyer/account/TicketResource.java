package chat.foyer.account;

import chat.foyer.user.Tickets;
import chat.foyer.web.Reads;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Tickets for sockets, for clients that cannot set a header there. One instance a request. */
@Path("/me/socket-ticket")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TicketResource {
    @Inject
    Tickets tickets;

    @Context
    HttpServletRequest request;

    /** One that opens one socket as the caller within 30 seconds, with no wider scope. */
    @POST
    @Reads
    public Response issue() {
        Tickets.Ticket ticket = tickets.issue(Callers.member(request));
        return Answers.created(Json.createObjectBuilder()
                .add("ticket", ticket.text())
                .add("expiresAt", ticket.expiresAt().toString()));
    }
}
