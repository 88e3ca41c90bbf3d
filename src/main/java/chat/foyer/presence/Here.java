package chat.foyer.presence;

import chat.foyer.presence.Seat.Place;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The seats of this node, made from its connections. Not thread-safe.
 *
 * <p>Invariant: a seat is taken while somebody has a connection in the room, and {@link #LINGER_NANOS} longer, so that a page
 * that reloads neither leaves nor joins. It is away while every connection is; a lingering one is as it was last.
 */
final class Here {
    static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long TYPING_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final class Stay {
        final Place place;
        boolean away;
        boolean typed;
        long typedAt;

        Stay(Place place) {
            this.place = place;
        }
    }

    private static final class Sitting {
        User user;
        int stays;
        int awayStays;
        boolean away;
        long leftAt;
    }

    private record Departure(Place place, long at) {}

    private final SeatListener listener;
    private final Map<Object, Stay> stays = new HashMap<>(); // by connection
    private final Map<Place, Sitting> sittings = new HashMap<>();
    private final ArrayDeque<Departure> departures = new ArrayDeque<>(); // in the order of their time

    Here(SeatListener listener) {
        this.listener = listener;
    }

    /** Somebody is in this room by this connection. */
    void enter(Object connection, RoomName room, User user) {
        enter(connection, new Place(Optional.of(room), user.id()), user);
    }

    /** Somebody has the stream of their rooms open by this connection. */
    void enter(Object connection, User user) {
        enter(connection, new Place(Optional.empty(), user.id()), user);
    }

    private void enter(Object connection, Place place, User user) {
        stays.put(connection, new Stay(place));
        Sitting sitting = sittings.get(place);
        boolean news = sitting == null || !sitting.user.equals(user); // after another name people connect again
        if (sitting == null) {
            sitting = new Sitting();
            sittings.put(place, sitting);
        }
        sitting.user = user;
        sitting.stays++;
        settle(place, sitting, news);
    }

    void leave(Object connection, long now) {
        Stay stay = stays.remove(connection);
        Sitting sitting = sittings.get(stay.place);
        sitting.stays--;
        sitting.awayStays -= stay.away ? 1 : 0;
        if (sitting.stays == 0) {
            sitting.leftAt = now;
            departures.add(new Departure(stay.place, now));
        } else {
            settle(stay.place, sitting, false);
        }
    }

    /** The client says whether nothing is touched there; one that has left means nothing any more. */
    void away(Object connection, boolean away) {
        Stay stay = stays.get(connection);
        if (stay != null && stay.away != away) {
            stay.away = away;
            Sitting sitting = sittings.get(stay.place);
            sitting.awayStays += away ? 1 : -1;
            settle(stay.place, sitting, false);
        }
    }

    private void settle(Place place, Sitting sitting, boolean news) {
        boolean away = sitting.stays == sitting.awayStays;
        if (news || away != sitting.away) {
            sitting.away = away;
            listener.changed(place, Optional.of(seat(place, sitting)));
        }
    }

    /** Whether the others should hear that somebody types on this connection: not more often than every few seconds. */
    boolean types(Object connection, long now) {
        Stay stay = stays.get(connection);
        if (stay == null || stay.typed && now - stay.typedAt < TYPING_NANOS) {
            return false;
        }
        stay.typed = true;
        stay.typedAt = now;
        return true;
    }

    /** Gives up the seats of those who have left and not come back in time. */
    void giveUpSeats(long now) {
        while (!departures.isEmpty() && now - departures.peek().at() >= LINGER_NANOS) {
            Departure due = departures.remove();
            Sitting sitting = sittings.get(due.place());
            if (sitting != null && sitting.stays == 0 && sitting.leftAt == due.at()) {
                sittings.remove(due.place());
                listener.changed(due.place(), Optional.empty());
            }
        }
    }

    /** The seat at this place, as of now. */
    Optional<Seat> at(Place place) {
        return Optional.ofNullable(sittings.get(place)).map(sitting -> seat(place, sitting));
    }

    /** All seats, as of now. */
    Collection<Seat> seats() {
        return sittings.entrySet().stream()
                .map(entry -> seat(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Seat seat(Place place, Sitting sitting) {
        return new Seat(place.room(), sitting.user, sitting.away);
    }
}
