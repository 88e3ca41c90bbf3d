package chat.foyer.presence;

import chat.foyer.protocol.ServerFrame.Present;
import java.util.List;

/**
 * Who is in a room as of one moment. Immutable.
 *
 * @param people perhaps not all of them
 * @param count how many there are
 */
public record Attendance(List<Present> people, int count) {
    public Attendance {
        people = List.copyOf(people);
    }
}
