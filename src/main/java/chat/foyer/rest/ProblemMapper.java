package chat.foyer.rest;

import chat.foyer.fault.ChatException;
import chat.foyer.web.Languages;
import chat.foyer.web.Problem;
import chat.foyer.words.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers a {@link ChatException} with its {@link Problem}, in the language of whoever calls. Thread-safe: the server gives it
 * the request of the calling thread.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<ChatException> {

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(ChatException problem) {
        Words words = Languages.of(request);
        Response.ResponseBuilder answer = Response.status(problem.fault().httpStatus())
                .type(Problem.TYPE)
                .language(words.getLocale())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(Problem.of(problem, words));
        problem.retryAfterSeconds().ifPresent(seconds -> answer.header("Retry-After", seconds));
        return answer.build();
    }
}
