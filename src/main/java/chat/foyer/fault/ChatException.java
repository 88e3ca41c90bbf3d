package chat.foyer.fault;

import chat.foyer.words.Phrase;
import chat.foyer.words.Words;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Something a caller asked for cannot be done; carries the {@link Fault} and a sentence that says what to do: in the reader's
 * language where people can cause it, in English where only programs can. Its message, for logs, is English.
 */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final transient Function<Words, String> detail;
    private final String field;
    private final transient Duration retryAfter;

    public ChatException(Fault fault) {
        this(fault, fault.phrase());
    }

    /** @param detail for programmers */
    public ChatException(Fault fault, String detail) {
        this(fault, words -> detail, "", Duration.ZERO);
    }

    /** @param detail for people */
    public ChatException(Fault fault, Phrase detail) {
        this(fault, detail, "");
    }

    /** @param field what in a form or body it is about */
    public ChatException(Fault fault, Phrase detail, String field) {
        this(fault, detail::in, field, Duration.ZERO);
    }

    /** @param retryAfter how long to wait before the same can succeed */
    public ChatException(Fault fault, Phrase detail, Duration retryAfter) {
        this(fault, detail::in, "", retryAfter);
    }

    private ChatException(Fault fault, Function<Words, String> detail, String field, Duration retryAfter) {
        super(
                detail.apply(Words.ENGLISH),
                null,
                false,
                false); // an expected answer, often to bad input: no stack trace
        this.fault = fault;
        this.detail = detail;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** The same, about this field of a form or body. */
    public ChatException about(String part) {
        return new ChatException(fault, detail, part, retryAfter);
    }

    /** What to do, for people who read these words. */
    public String in(Words words) {
        return detail.apply(words);
    }

    /** After how many seconds, rounded up, the same can succeed (RFC 9110 §10.2.3); empty when nobody knows. */
    public OptionalLong retryAfterSeconds() {
        return retryAfter.isZero() ? OptionalLong.empty() : OptionalLong.of(retryAfter.toSeconds() + 1);
    }

    /** What in a form or body it is about; empty when it is about all of it. */
    public String field() {
        return field;
    }

    public Fault fault() {
        return fault;
    }
}
