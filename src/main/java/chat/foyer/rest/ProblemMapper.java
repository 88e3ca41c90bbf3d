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
        Response.ResponseBuilder answer =
                Response.status(problem.fault().httpStatus()).type(Problem.TYPE).entity(Problem.of(problem));
        problem.retryAfterSeconds().ifPresent(seconds -> answer.header("Retry-After", seconds));
        return answer.build();
    }
}
