package chat.foyer.fault;

import java.time.Duration;
import java.util.OptionalLong;

/** Something a caller asked for cannot be done; carries the {@link Fault} and a sentence that says what to do. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String field;
    private final transient Duration retryAfter;

    public ChatException(Fault fault) {
        this(fault, fault.sentence());
    }

    public ChatException(Fault fault, String detail) {
        this(fault, detail, "");
    }

    /** @param field what in a form or body it is about; empty when it is about all of it */
    public ChatException(Fault fault, String detail, String field) {
        this(fault, detail, field, Duration.ZERO);
    }

    /** @param retryAfter how long to wait before the same can succeed */
    public ChatException(Fault fault, String detail, Duration retryAfter) {
        this(fault, detail, "", retryAfter);
    }

    private ChatException(Fault fault, String detail, String field, Duration retryAfter) {
        super(detail, null, false, false); // an expected answer, often to bad input: a stack trace would only cost
        this.fault = fault;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** After how many seconds, rounded up, the same can succeed (RFC 9110 §10.2.3); empty when nobody knows. */
    public OptionalLong retryAfterSeconds() {
        return retryAfter.isZero() ? OptionalLong.empty() : OptionalLong.of(retryAfter.toSeconds() + 1);
    }

    public String field() {
        return field;
    }

    public Fault fault() {
        return fault;
    }
}
