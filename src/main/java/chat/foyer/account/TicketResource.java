package chat.foyer.account;

import chat.foyer.user.Tickets;
import chat.foyer.web.Caller;
import chat.foyer.web.Need;
import chat.foyer.web.Needs;
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
@Needs(Need.ACCOUNT)
@Produces(MediaType.APPLICATION_JSON)
public class TicketResource {
    @Inject
    Tickets tickets;

    @Context
    HttpServletRequest request;

    /** One that opens one socket as the caller within 30 seconds. */
    @POST
    public Response issue() {
        Tickets.Ticket ticket = tickets.issue(Caller.of(request).identity());
        return Answers.json(
                Response.Status.CREATED,
                Json.createObjectBuilder()
                        .add("ticket", ticket.text())
                        .add("expiresAt", ticket.expiresAt().toString()));
    }
}
