package chat.foyer.rest;

import chat.foyer.fault.ChatException;
import chat.foyer.web.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers a {@link ChatException} with its {@link Problem}. */
@Provider
public class ProblemMapper implements ExceptionMapper<ChatException> {
    @Override
    public Response toResponse(ChatException problem) {
        return Response.status(problem.fault().httpStatus())
                .type(Problem.TYPE)
                .entity(Problem.of(problem))
                .build();
    }
}
