package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.file.FileName;
import chat.foyer.file.Uploads;
import chat.foyer.message.Attachment;
import chat.foyer.room.Access;
import chat.foyer.room.Doors;
import chat.foyer.room.Right;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.web.FormType;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Uploading files for a room, to be posted there. One instance a request. */
@Path("/rooms/{room}/files")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RoomFilesResource {

    @Inject
    RestCallers callers;

    @Inject
    Doors doors;

    @Inject
    Uploads uploads;

    /** Writes the answers: the server's code may block there, and must not hold up thumbnails. */
    @Resource
    ManagedExecutorService containerThreads;

    @Context
    HttpServletRequest request;

    /** Takes the bytes of the body as they are, called {@code ?name=}: 201 with what {@code message.posted} tells of a file. */
    @POST
    public CompletionStage<Response> upload(
            @Encoded @PathParam("room") String room,
            @QueryParam("name") String name,
            @HeaderParam("Content-Type") String type,
            InputStream body) {
        Identity owner = callers.member(request);
        Access access = doors.require(RoomName.fromPathSegment(room), owner, Right.POST);
        // programs send such a type unless they are told another one; the bytes would come with something around them
        if (FormType.isForm(type) || FormType.isMultipart(type)) {
            throw new ChatException(
                    Fault.MALFORMED,
                    "Send the bytes of the file as they are, with Content-Type: application/octet-stream.");
        }
        if (name == null) {
            throw new ChatException(Fault.MALFORMED, "Say in the address what the file is called: ?name=report.pdf");
        }
        long declared = request.getContentLengthLong();
        return uploads.upload(
                        access.name(),
                        owner.user(),
                        new FileName(name),
                        body,
                        declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared))
                .thenApplyAsync(RoomFilesResource::made, containerThreads);
    }

    private static Response made(Attachment file) {
        return Response.status(Response.Status.CREATED)
                .entity(file.toJson().toString())
                .build();
    }
}
