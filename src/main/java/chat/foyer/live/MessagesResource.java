package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.message.Draft;
import chat.foyer.message.Outcome;
import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import chat.foyer.web.JsonBody;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The REST twin of the chat socket: reading a room's history and posting to it, in the events of {@code foyer.v1}. */
@Path("/rooms/{room}/messages")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {
    /** Where frames have no limit: what is read before it is looked at has one. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    @Inject
    Configuration configuration;

    @Inject
    RestCallers callers;

    @Inject
    RoomService rooms;

    /** Writes the answers: the server's code may block there, and must not do so on a commit lane. */
    @Resource
    ManagedExecutorService containerThreads;

    @Context
    HttpServletRequest request;

    @Context
    UriInfo uri;

    /** A page of the history, oldest first, with links to the pages beside it (RFC 8288). */
    @GET
    public Response read(
            @Encoded @PathParam("room") String room,
            @QueryParam("before") String before,
            @QueryParam("after") String after,
            @QueryParam("around") String around,
            @QueryParam("limit") String limit) {
        Caller caller = callers.admit(request);
        HistoryRange range = HistoryRange.of(
                number("before", before), number("after", after), number("around", around), number("limit", limit));
        ServerFrame.BacklogPage page = rooms.page(RoomName.fromPathSegment(room), caller.identity(), range);
        Response.ResponseBuilder answer = Response.ok(FrameEncoder.encodeOnce(new Batch(page.messages())));
        if (page.before() != null) {
            answer.link(page("before", page.before(), range.limit()), "prev");
        }
        if (page.after() != null) {
            answer.link(page("after", page.after(), range.limit()), "next");
        }
        return answer.header("Cache-Control", "no-store").build();
    }

    /** Says something: {@code {"message": "…", "files": [ids]}}, once for every {@code Idempotency-Key} of the same caller. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> post(
            @Encoded @PathParam("room") String room, @HeaderParam("Idempotency-Key") String key, InputStream content) {
        Caller caller = callers.admit(request);
        if (key == null) {
            throw new ChatException(
                    Fault.MALFORMED,
                    "Send an Idempotency-Key header, new for every message; a repeated one posts once.");
        }
        int limit = (int) configuration.get(Settings.FRAME_LIMIT).value().orElse(MAX_BYTES);
        JsonBody body = JsonBody.read(content, limit);
        List<UUID> files = body.texts("files").stream().map(RoomVisitor::fileId).toList();
        Draft draft = new Draft(key, body.text("message"), files);
        draft.checkNotBlank();
        rooms.check(draft);
        return rooms.post(RoomName.fromPathSegment(room), caller.identity(), caller.address(), draft)
                .thenApplyAsync(MessagesResource::answer, containerThreads);
    }

    private static Response answer(Outcome outcome) {
        outcome.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        ServerFrame event = ServerFrame.of(outcome.message().orElseThrow());
        Response.Status status = outcome.known() ? Response.Status.OK : Response.Status.CREATED;
        return Response.status(status)
                .entity(FrameEncoder.encodeOnce(Batch.of(event)))
                .build();
    }

    private URI page(String bound, long place, int limit) {
        return uri.getRequestUriBuilder()
                .replaceQuery("")
                .queryParam(bound, place)
                .queryParam("limit", limit)
                .build();
    }

    private static Long number(String name, String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new ChatException(Fault.CURSOR, name + " must be a whole number.");
        }
        return Long.valueOf(text);
    }
}
