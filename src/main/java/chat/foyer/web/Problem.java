package chat.foyer.web;

import chat.foyer.fault.ChatException;
import jakarta.json.Json;

/** A {@link ChatException} as problem details (RFC 9457 §3), the fault's code as an extension member. Thread-safe. */
public final class Problem {
    /** The media type (RFC 9457 §6.1). */
    public static final String TYPE = "application/problem+json";

    private Problem() {}

    /** The body of the answer. */
    public static String of(ChatException problem) {
        return Json.createObjectBuilder()
                .add("title", problem.fault().sentence())
                .add("status", problem.fault().httpStatus())
                .add("detail", problem.getMessage())
                .add("code", problem.fault().code())
                .build()
                .toString();
    }
}
