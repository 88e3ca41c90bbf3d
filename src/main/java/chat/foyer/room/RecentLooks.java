package chat.foyer.room;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a look into a room from what follows of it: its images come one by one, and again whenever the page is opened.
 * Thread-safe; remembers the last {@value #MOST} looks.
 */
final class RecentLooks {
    static final Duration ONE_LOOK = Duration.ofMinutes(5);
    static final int MOST = 1_000;

    private record Look(String person, RoomName room) {}

    private final Map<Look, Instant> begun = new LinkedHashMap<>();

    /** This person begins to look into this room. */
    synchronized void begin(String person, RoomName room, Instant now) {
        Look look = new Look(person, room);
        begun.remove(look); // so that it is the youngest
        begun.put(look, now);
        if (begun.size() > MOST) {
            begun.remove(begun.keySet().iterator().next());
        }
    }

    /** Whether what this person sees now belongs to no look of the last minutes; then they have begun one. */
    synchronized boolean begins(String person, RoomName room, Instant now) {
        Instant before = begun.get(new Look(person, room));
        boolean begins = before == null || before.plus(ONE_LOOK).isBefore(now);
        if (begins) {
            begin(person, room, now);
        }
        return begins;
    }
}
