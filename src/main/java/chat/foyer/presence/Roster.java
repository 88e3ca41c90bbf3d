package chat.foyer.presence;

import chat.foyer.presence.Seat.Place;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.ServerFrame.PresenceChanged;
import chat.foyer.protocol.ServerFrame.Present;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * All seats of all nodes together, and what has changed for a room and for everybody since they were told. Not thread-safe.
 *
 * <p>Invariant: somebody is in a room exactly while a node says so, and active while a node says so; the nodes do not matter
 * further. Whoever was once told who is in a room and then heard all {@linkplain #news news} since knows who is there, even
 * if some of that news is older than what they were told first: news are no differences but what is so now, for everybody
 * who has changed in between.
 */
final class Roster {
    private static final long ROOM_PACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * In how many seats of rooms somebody sits, in how many of them they are active, and in how many of no room, which only
     * tell that they are there.
     */
    private static final class Tally {
        int seats;
        int active;
        int streams;

        Status status() {
            boolean there = active > 0 || seats == 0 && streams > 0;
            return there ? Status.ACTIVE : seats > 0 ? Status.AWAY : Status.OFFLINE;
        }

        boolean isNothing() {
            return seats + streams == 0;
        }
    }

    private final Map<Optional<RoomName>, Map<String, Map<String, Seat>>> rooms = new HashMap<>(); // by user and node
    private final Map<String, Tally> tallies = new HashMap<>(); // by user

    private final Map<RoomName, Map<String, Boolean>> untold =
            new LinkedHashMap<>(); // by user, whether absent or renamed meanwhile
    private final Map<RoomName, Long> toldAt = new HashMap<>();
    private final Set<String> changedPeople = new HashSet<>();

    /** What a node says of a seat. */
    void set(String node, Place place, Optional<Seat> now) {
        Status before = status(place);
        Optional<User> whoBefore = user(place);
        Map<String, Map<String, Seat>> people = rooms.computeIfAbsent(place.room(), room -> new LinkedHashMap<>());
        Map<String, Seat> seats = people.computeIfAbsent(place.user(), user -> new HashMap<>());
        Optional<Seat> was = Optional.ofNullable(now.isPresent() ? seats.put(node, now.get()) : seats.remove(node));
        if (seats.isEmpty()) {
            people.remove(place.user());
        }
        if (people.isEmpty()) {
            rooms.remove(place.room());
        }
        count(place, was, now);
        boolean renamed = now.isPresent() && !user(place).equals(whoBefore); // is told as coming anew
        if (place.room().isPresent() && (renamed || status(place) != before)) {
            untold.computeIfAbsent(place.room().get(), room -> new LinkedHashMap<>())
                    .merge(place.user(), renamed, Boolean::logicalOr);
        }
    }

    private void count(Place place, Optional<Seat> was, Optional<Seat> now) {
        Tally tally = tallies.computeIfAbsent(place.user(), id -> new Tally());
        Status before = tally.status();
        int more = ones(now.isPresent()) - ones(was.isPresent());
        if (place.room().isEmpty()) {
            tally.streams += more;
        } else {
            tally.seats += more;
            tally.active += ones(now.filter(seat -> !seat.away()).isPresent())
                    - ones(was.filter(seat -> !seat.away()).isPresent());
        }
        if (tally.status() != before) {
            changedPeople.add(place.user());
        }
        if (tally.isNothing()) {
            tallies.remove(place.user());
        }
    }

    private static int ones(boolean counts) {
        return counts ? 1 : 0;
    }

    private Map<String, Map<String, Seat>> in(RoomName room) {
        return in(Optional.of(room));
    }

    private Map<String, Map<String, Seat>> in(Optional<RoomName> room) {
        return rooms.getOrDefault(room, Map.of());
    }

    private Status status(Place place) {
        Map<String, Seat> seats = in(place.room()).getOrDefault(place.user(), Map.of());
        return seats.isEmpty() ? Status.OFFLINE : isAway(seats) ? Status.AWAY : Status.ACTIVE;
    }

    private static boolean isAway(Map<String, Seat> seats) {
        return seats.values().stream().allMatch(Seat::away);
    }

    private Optional<User> user(Place place) {
        return Optional.ofNullable(in(place.room()).get(place.user())).map(Roster::user);
    }

    private static User user(Map<String, Seat> seats) {
        return seats.values().iterator().next().user();
    }

    Status status(String user) {
        Tally tally = tallies.get(user);
        return tally == null ? Status.OFFLINE : tally.status();
    }

    /** Who is in the room, so many people at most. */
    Attendance attendance(RoomName room, int atMost) {
        List<Present> people = in(room).values().stream()
                .limit(atMost)
                .map(seats -> {
                    User user = user(seats);
                    return new Present(user.id(), user.name(), user.guest(), isAway(seats));
                })
                .toList();
        return new Attendance(people, in(room).size());
    }

    /** Whether any other node has somebody in the room. */
    boolean isSharedBeyond(String node, RoomName room) {
        return in(room).values().stream().anyMatch(seats -> seats.size() > ones(seats.containsKey(node)));
    }

    /** What is to be told to rooms now, each at most once a second. */
    Map<RoomName, PresenceChanged> news(long now) {
        toldAt.values().removeIf(at -> now - at >= ROOM_PACE_NANOS);
        Map<RoomName, PresenceChanged> news = new LinkedHashMap<>();
        Iterator<Map.Entry<RoomName, Map<String, Boolean>>> all =
                untold.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<RoomName, Map<String, Boolean>> entry = all.next();
            if (!toldAt.containsKey(entry.getKey())) {
                news.put(entry.getKey(), news(entry.getKey(), entry.getValue()));
                toldAt.put(entry.getKey(), now);
                all.remove();
            }
        }
        return news;
    }

    private PresenceChanged news(RoomName room, Map<String, Boolean> changed) {
        List<User> joined = new ArrayList<>();
        List<String> left = new ArrayList<>();
        List<String> away = new ArrayList<>();
        List<String> active = new ArrayList<>();
        changed.forEach((id, anew) -> {
            Status status = status(new Place(Optional.of(room), id));
            boolean named = status != Status.OFFLINE && (!anew || joined.size() < ServerFrame.MOST_PRESENT);
            if (status == Status.OFFLINE) {
                left.add(id);
            } else if (anew && named) {
                joined.add(user(in(room).get(id)));
            }
            if (named && status == Status.AWAY) {
                away.add(id);
            } else if (!anew && status == Status.ACTIVE) {
                active.add(id);
            }
        });
        return new PresenceChanged(joined, left, away, active, in(room).size());
    }

    /** Those whose status has changed since this was asked last. */
    Set<String> takeChangedPeople() {
        Set<String> taken = Set.copyOf(changedPeople);
        changedPeople.clear();
        return taken;
    }
}
