package chat.foyer.web;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Words;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A {@link ChatException} as problem details (RFC 9457 §3), the fault's code as an extension member. Thread-safe. */
public final class Problem {
    /** The media type (RFC 9457 §6.1). */
    public static final String TYPE = "application/problem+json";

    private Problem() {}

    /** The body of the answer to whoever reads these words; its {@code code} is the same in every language. */
    public static String of(ChatException problem, Words words) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("title", problem.fault().phrase().in(words))
                .add("status", problem.fault().httpStatus())
                .add("detail", problem.in(words))
                .add("code", problem.fault().code());
        if (!problem.field().isEmpty()) {
            body.add("field", problem.field());
        }
        return body.build().toString();
    }

    /** Refuses a request before it reaches its resource or page, in the way that its caller reads. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, ChatException problem)
            throws IOException {
        if (problem.fault() == Fault.TOKEN) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\""); // RFC 6750 §3
        }
        Words words = Languages.of(request);
        if (!request.getServletPath().startsWith("/api/")) {
            response.sendError(problem.fault().httpStatus(), problem.in(words));
            return;
        }
        response.setStatus(problem.fault().httpStatus());
        response.setContentType(TYPE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Content-Language", words.getLanguage());
        response.addHeader("Vary", "Accept-Language");
        response.getWriter().write(of(problem, words));
    }
}
