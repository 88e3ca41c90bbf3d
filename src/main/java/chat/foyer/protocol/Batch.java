package chat.foyer.protocol;

import java.util.List;

/**
 * What the rich wire sends as one text message: a JSON array of one or more events, in order. Immutable.
 *
 * @param events what happened
 */
public record Batch(List<? extends ServerFrame> events) implements Outgoing {
    public Batch {
        events = List.copyOf(events);
    }

    public static Batch of(ServerFrame event) {
        return new Batch(List.of(event));
    }
}
