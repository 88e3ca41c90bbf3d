package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.file.FileName;
import chat.foyer.file.StoredFile;
import chat.foyer.file.Uploads;
import chat.foyer.user.Identity;
import chat.foyer.web.Caller;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.LoggerFactory;

/**
 * Reading files, by whoever may read the message that carries them; asked anew at every request. One instance a request.
 *
 * <p>What is not an image by its own bytes is only ever saved: it says so itself, in a type that no browser runs.
 */
@Path("/files/{id}/{name}")
@RequestScoped
public class FilesResource {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(FilesResource.class), 1);

    /** Even if a browser took such an answer for a page, nothing in it would run or load (CSP Level 3). */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

    private static final byte JPEG = (byte) 0xFF; // how one begins, and a PNG does not

    @Inject
    RestCallers callers;

    @Inject
    Uploads uploads;

    @Context
    HttpServletRequest request;

    @Context
    HttpServletResponse response;

    @Context
    Request conditions;

    /** The file as it was uploaded; the name in the address is for people. */
    @GET
    public Response read(@PathParam("id") String id) {
        Caller caller = callers.admit(request);
        StoredFile stored = find(id, caller);
        EntityTag tag = new EntityTag(stored.hash());
        Response.ResponseBuilder known = conditions.evaluatePreconditions(tag);
        if (known != null) {
            return known.build();
        }
        FileName name = new FileName(stored.file().name());
        boolean headOnly = request.getMethod().equals("HEAD"); // nobody would close the bytes
        return Response.ok(headOnly ? null : streamed(stored, caller))
                .type(stored.file().type())
                .tag(tag)
                .header("Content-Length", stored.file().size())
                .header("Content-Disposition", name.disposition(stored.file().isImage() ? "inline" : "attachment"))
                .build();
    }

    /** A smaller image of it. */
    @GET
    @Path("thumbnail")
    public Response thumbnail(@PathParam("id") String id) {
        StoredFile stored = find(id, callers.admit(request));
        EntityTag tag = new EntityTag(stored.thumbnail().orElseThrow(() -> new ChatException(Fault.NO_FILE)));
        Response.ResponseBuilder known = conditions.evaluatePreconditions(tag);
        if (known != null) {
            return known.build();
        }
        try {
            byte[] image = uploads.thumbnail(stored);
            return Response.ok(image, image[0] == JPEG ? "image/jpeg" : "image/png")
                    .tag(tag)
                    .build();
        } catch (IOException e) {
            throw unreadable(stored, e);
        }
    }

    private StoredFile find(String id, Caller caller) {
        StoredFile stored = uploads.find(RoomVisitor.fileId(id), caller.identity());
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "private, no-cache"); // kept, but asked for again
        return stored;
    }

    private StreamingOutput streamed(StoredFile stored, Caller caller) {
        Identity reader = caller.identity();
        // a guest can be somebody new at every request, but has to come from somewhere
        String counted = reader.isGuest()
                ? caller.address().getHostAddress()
                : reader.user().id();
        InputStream bytes;
        try {
            bytes = uploads.open(stored, counted);
        } catch (IOException e) {
            throw unreadable(stored, e);
        }
        return out -> {
            try (bytes) {
                bytes.transferTo(out);
            }
        };
    }

    private static ChatException unreadable(StoredFile stored, IOException failure) {
        LOG.warn("The bytes of file {} cannot be read: {}", stored.file().id(), failure);
        return new ChatException(Fault.UNAVAILABLE, Phrase.of("fault.file.unread"));
    }
}
