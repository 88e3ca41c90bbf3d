package chat.foyer.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** Lists by REST of which a page is answered at a time. */
public final class Paging {
    private Paging() {}

    /** This answer with a link to the page after the entry of this name (RFC 8288). */
    public static Response linked(Response page, UriInfo uri, String last) {
        URI next =
                uri.getRequestUriBuilder().replaceQueryParam("after", "{last}").build(last);
        return Response.fromResponse(page).link(next, "next").build();
    }
}
