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
        if (!problem.retryAfter().isZero()) {
            answer.header("Retry-After", problem.retryAfter().toSeconds() + 1); // RFC 9110 §10.2.3, rounded up
        }
        return answer.build();
    }
}
