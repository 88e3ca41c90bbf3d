package chat.foyer.presence;

import chat.foyer.presence.Announcement.Changes;
import chat.foyer.presence.Announcement.Whole;
import chat.foyer.presence.Seat.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What this node knows of the seats of another. Not thread-safe.
 *
 * <p>Invariant: while {@link #version} is known, {@link #seats} are exactly those which that node had at that version of that
 * life: they change only by changes that follow directly on the version, and by a whole state. Nothing else that comes,
 * late, twice or in another order, changes them; at most it shows that the picture {@linkplain #isBehind is behind}.
 */
final class Picture {
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(12); // with 3 s to spare for what P8 promises
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNKNOWN = -1;
    private static final int MOST_SEATS = 100_000; // a stranger on the bus must not fill the memory

    private final SeatListener listener;
    private final Map<Place, Seat> seats = new HashMap<>();
    private String life = "";
    private long version = UNKNOWN;
    private long claimed; // the highest version that the node has told us it has
    private boolean leaving;
    private long forgetAt;
    private boolean asked;
    private long askedAt;
    private final Map<Integer, List<Seat>> parts = new HashMap<>(); // of the whole state of this version
    private long partsVersion = UNKNOWN;

    Picture(SeatListener listener) {
        this.listener = listener;
    }

    /** The seats that it shows. */
    Collection<Seat> seats() {
        return List.copyOf(seats.values());
    }

    void hear(Announcement heard, long now) {
        if (!heard.life().equals(life)) { // it was started anew: its seats stay until we know who sits there now
            life = heard.life();
            version = UNKNOWN;
            claimed = 0;
            leaving = false;
            asked = false;
            parts.clear();
        }
        if (leaving) {
            return;
        }
        forgetAt = now + SILENCE_NANOS;
        claimed = Math.max(claimed, heard.version());
        if (heard.news() instanceof Announcement.Goodbye) {
            leaving = true; // its clients are on their way to other nodes, and stay present meanwhile
            forgetAt = now + Here.LINGER_NANOS;
        } else if (heard.news() instanceof Changes changes && changes.after() == version) {
            changes.gone().forEach(this::remove);
            changes.seats().forEach(this::put);
            version = heard.version();
        } else if (heard.news() instanceof Whole whole && heard.version() > version) {
            collect(whole, heard.version());
        }
    }

    private void collect(Whole whole, long wholeVersion) {
        if (partsVersion != wholeVersion) {
            parts.clear();
            partsVersion = wholeVersion;
        }
        parts.put(whole.part(), whole.seats());
        if (parts.size() == whole.parts()) {
            Map<Place, Seat> fresh = new HashMap<>();
            parts.values().forEach(part -> part.forEach(seat -> fresh.put(seat.place(), seat)));
            List.copyOf(seats.keySet()).stream()
                    .filter(place -> !fresh.containsKey(place))
                    .forEach(this::remove);
            fresh.values().forEach(this::put);
            version = wholeVersion;
            parts.clear();
        }
    }

    private void put(Seat seat) {
        boolean room = seats.size() < MOST_SEATS || seats.containsKey(seat.place());
        if (room && !seat.equals(seats.put(seat.place(), seat))) {
            listener.changed(seat.place(), Optional.of(seat));
        }
    }

    private void remove(Place place) {
        if (seats.remove(place) != null) {
            listener.changed(place, Optional.empty());
        }
    }

    /** Whether that node has told us something that we have not got. */
    boolean isBehind() {
        return !leaving && version != claimed;
    }

    /** Whether it is time to ask that node for everything. */
    boolean mustAsk(long now) {
        if (!isBehind() || asked && now - askedAt < ASK_AGAIN_NANOS) {
            return false;
        }
        asked = true;
        askedAt = now;
        return true;
    }

    /** Whether that node has been silent for too long, or has gone. */
    boolean isOver(long now) {
        return now - forgetAt >= 0;
    }

    void forgetAll() {
        new ArrayList<>(seats.keySet()).forEach(this::remove);
    }
}
