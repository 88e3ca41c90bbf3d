package chat.foyer.rest;

import chat.foyer.fault.ChatException;
import jakarta.json.Json;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers a {@link ChatException} with problem details (RFC 9457 §3), the fault's code as an extension member. */
@Provider
public class ProblemMapper implements ExceptionMapper<ChatException> {
    @Override
    public Response toResponse(ChatException problem) {
        String body = Json.createObjectBuilder()
                .add("title", problem.fault().sentence())
                .add("status", problem.fault().httpStatus())
                .add("detail", problem.getMessage())
                .add("code", problem.fault().code())
                .build()
                .toString();
        return Response.status(problem.fault().httpStatus())
                .type("application/problem+json")
                .entity(body)
                .build();
    }
}
