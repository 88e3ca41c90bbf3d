package chat.foyer.fault;

/** Something a caller asked for cannot be done; carries the {@link Fault} and a sentence that says what to do. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    public ChatException(Fault fault) {
        this(fault, fault.sentence());
    }

    public ChatException(Fault fault, String detail) {
        super(detail, null, false, false); // an expected answer, often to bad input: a stack trace would only cost
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
