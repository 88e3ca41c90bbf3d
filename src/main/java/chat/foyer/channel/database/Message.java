package chat.foyer.channel.database;

import java.util.Optional;

/**
 * What nodes tell each other through the database: an event for a group, an order to all of them, or that a mailbox has something
 * new. Immutable.
 *
 * <p>On the wire each begins with a letter that says which; events and orders have a number, since PostgreSQL tells of equal
 * notifications of one transaction only once.
 *
 * @param subject the group or mailbox; of an order nothing
 * @param text the event or order as it was written
 */
record Message(Kind kind, String subject, String text) {

    enum Kind {
        EVENT,
        ORDER,
        MAILBOX
    }

    private static final char EVENT = 'e';
    private static final char ORDER = 'o';
    private static final char MAILBOX = 'm';

    static String event(int number, String group, String text) {
        return EVENT + "" + number + " " + group + " " + text;
    }

    static String order(int number, String text) {
        return ORDER + "" + number + " " + text;
    }

    static String newsOf(String mailbox) {
        return MAILBOX + mailbox;
    }

    /** Whether also a node must hear of it whose connection is just lost. */
    static boolean mustReachAll(String wire) {
        return wire.charAt(0) == ORDER;
    }

    /** What was written so, or nothing if it is none of these. */
    static Optional<Message> of(String wire) {
        if (wire.isEmpty()) {
            return Optional.empty();
        }
        int first = wire.indexOf(' ');
        return switch (wire.charAt(0)) {
            case MAILBOX -> Optional.of(new Message(Kind.MAILBOX, wire.substring(1), ""));
            case ORDER ->
                first < 0 ? Optional.empty() : Optional.of(new Message(Kind.ORDER, "", wire.substring(first + 1)));
            case EVENT -> {
                int second = wire.indexOf(' ', first + 1);
                yield first < 0 || second < 0
                        ? Optional.empty()
                        : Optional.of(
                                new Message(Kind.EVENT, wire.substring(first + 1, second), wire.substring(second + 1)));
            }
            default -> Optional.empty();
        };
    }
}
