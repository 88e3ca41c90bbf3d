package chat.foyer.fault;

/** Something a caller asked for cannot be done; carries the {@link Fault} and a sentence that says what to do. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String field;

    public ChatException(Fault fault) {
        this(fault, fault.sentence());
    }

    public ChatException(Fault fault, String detail) {
        this(fault, detail, "");
    }

    /** @param field what in a form or body it is about; empty when it is about all of it */
    public ChatException(Fault fault, String detail, String field) {
        super(detail, null, false, false); // an expected answer, often to bad input: a stack trace would only cost
        this.fault = fault;
        this.field = field;
    }

    public String field() {
        return field;
    }

    public Fault fault() {
        return fault;
    }
}
