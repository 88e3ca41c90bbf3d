package chat.foyer.channel.consumer;

/** No handler can be given this event; the message says why. */
final class EventRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventRefusedException(String reason) {
        super(reason, null, false, false); // the fault of a sender elsewhere: a stack trace would only cost
    }
}
