package chat.foyer.presence;

import chat.foyer.presence.Announcement.Ask;
import chat.foyer.presence.Announcement.Beat;
import chat.foyer.presence.Announcement.Changes;
import chat.foyer.presence.Announcement.Goodbye;
import chat.foyer.presence.Announcement.News;
import chat.foyer.presence.Announcement.Typing;
import chat.foyer.presence.Announcement.Whole;
import chat.foyer.presence.Seat.Place;
import chat.foyer.protocol.ServerFrame.PresenceChanged;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where everybody is, as far as this node knows: its own seats, its pictures of the other nodes, and what the nodes tell each
 * other. Not thread-safe; knows no clock but the times it is given, in the manner of {@code System.nanoTime()}.
 *
 * <p>Invariant: {@link #version} counts the changes that were announced, in the order in which they are sent; what changes
 * from one version to the next is said in one announcement, and everything said carries the version as of then. So whoever
 * has the seats of a version and hears of the next ones has those of the last; whoever has missed something hears of a
 * version that does not follow on its own, at the latest with the next heartbeat, and asks for everything. A node that is
 * not heard for a while is forgotten with all its seats. What is lost, late, twice or out of order therefore delays the
 * truth by seconds and never falsifies it for longer.
 *
 * <p>A node whose database nobody shares has nothing in common with the others but open rooms. What it announces are its
 * {@linkplain #crosses seats in those}, {@link #announced} at the last version, and the roster holds of its pictures only what
 * crosses, as its own doors are now; a room that is closed loses the others, and one that is opened gets them back.
 */
final class Whereabouts {
    static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(3);
    static final int PART = 500; // seats in one announcement, some 60 KB
    private static final long ANSWER_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_NODES = 200; // a stranger on the bus must not fill the memory

    /**
     * What is to be told now. Immutable.
     *
     * @param announcements to the other nodes, in this order
     * @param news to the rooms
     * @param people whose status has changed
     */
    record Due(List<Announcement> announcements, Map<RoomName, PresenceChanged> news, Set<String> people) {
        static final Due NOTHING = new Due(List.of(), Map.of(), Set.of());
    }

    private final String node;
    private final String life;
    private final boolean alone;
    private final Set<RoomName> closed = new HashSet<>(); // of this node, which is alone
    private final Roster roster = new Roster();
    private final Here here = new Here(this::seatChangedHere);
    private final Map<String, Picture> pictures = new HashMap<>(); // by node
    private final Set<Place> unannounced = new LinkedHashSet<>();
    private final Set<Place> announced = new HashSet<>();
    private long version;
    private boolean beatDue = true;
    private long saidAt;
    private boolean asked;
    private boolean answered;
    private long answeredAt;
    private boolean gone;

    /** @param alone whether no other node shares the database of this one */
    Whereabouts(String node, String life, boolean alone) {
        this.node = node;
        this.life = life;
        this.alone = alone;
    }

    /** The rooms of these names are closed, or open, to strangers from now on. */
    void doors(Set<RoomName> rooms, boolean open) {
        boolean news = open ? closed.removeAll(rooms) : closed.addAll(rooms);
        if (news) {
            pictures.forEach((name, picture) -> picture.seats().stream()
                    .filter(seat -> seat.room().filter(rooms::contains).isPresent())
                    .forEach(seat -> seatChangedThere(name, seat.place(), Optional.of(seat))));
            here.seats().stream()
                    .filter(seat -> seat.room().filter(rooms::contains).isPresent())
                    .forEach(seat -> unannounced.add(seat.place()));
        }
    }

    /** Whether other nodes may know of this seat, or this one of theirs. */
    private boolean crosses(Place place) {
        return !alone || place.room().filter(this::isOpen).isPresent();
    }

    private boolean isOpen(RoomName room) {
        return !room.isDirect() && !closed.contains(room);
    }

    private void seatChangedHere(Place place, Optional<Seat> now) {
        roster.set(node, place, now);
        unannounced.add(place);
    }

    private void seatChangedThere(String other, Place place, Optional<Seat> now) {
        roster.set(other, place, now.filter(seat -> crosses(place)));
    }

    /** The connections of this node. */
    Here here() {
        return here;
    }

    /** The seats of all nodes together. */
    Roster roster() {
        return roster;
    }

    /** Somebody types on this connection; empty when no other node needs to hear of it. */
    Optional<Announcement> typing(RoomName room, User user) {
        return roster.isSharedBeyond(node, room) ? Optional.of(announcement(new Typing(room, user))) : Optional.empty();
    }

    /** Another node, or this one, has said this; returns who types there, as far as rooms here are to hear of it. */
    Optional<Typing> hear(Announcement heard, long now) {
        if (heard.node().equals(node)) {
            return Optional.empty();
        }
        Picture picture = pictures.get(heard.node());
        if (picture == null) {
            if (pictures.size() >= MOST_NODES || heard.news() instanceof Goodbye) {
                return Optional.empty();
            }
            picture = new Picture((place, seat) -> seatChangedThere(heard.node(), place, seat));
            pictures.put(heard.node(), picture);
        }
        picture.hear(heard, now);
        if (heard.news() instanceof Ask ask && ask.whom().equals(node)) {
            asked = true;
        }
        return heard.news() instanceof Typing typing && crosses(typing.place())
                ? Optional.of(typing)
                : Optional.empty();
    }

    /** The bus is back: the others are to hear at once how far this node is. */
    void busIsBack() {
        beatDue = true;
    }

    /** To be called several times a second. What it returns must be told before it is called again. */
    Due tick(long now) {
        if (gone) {
            return Due.NOTHING;
        }
        here.giveUpSeats(now);
        pictures.values().removeIf(picture -> {
            boolean over = picture.isOver(now);
            if (over) {
                picture.forgetAll();
            }
            return over;
        });
        return new Due(announcements(now), roster.news(now), roster.takeChangedPeople());
    }

    private List<Announcement> announcements(long now) {
        List<Announcement> all = new ArrayList<>();
        announceChanges(all);
        if (asked && (!answered || now - answeredAt >= ANSWER_AGAIN_NANOS)) {
            announceWhole(all);
            asked = false;
            answered = true;
            answeredAt = now;
        }
        pictures.forEach((name, picture) -> {
            if (picture.mustAsk(now)) {
                all.add(announcement(new Ask(name)));
            }
        });
        if (all.isEmpty() && (beatDue || now - saidAt >= BEAT_NANOS)) {
            all.add(announcement(new Beat()));
        }
        if (!all.isEmpty()) {
            beatDue = false;
            saidAt = now;
        }
        return all;
    }

    private void announceChanges(List<Announcement> all) {
        for (List<Place> places : parts(List.copyOf(unannounced))) {
            List<Seat> seats = new ArrayList<>();
            List<Place> left = new ArrayList<>();
            places.forEach(place -> here.at(place)
                    .filter(seat -> crosses(place))
                    .ifPresentOrElse(
                            seat -> {
                                announced.add(place);
                                seats.add(seat);
                            },
                            () -> {
                                if (announced.remove(place)) {
                                    left.add(place);
                                }
                            }));
            if (!seats.isEmpty() || !left.isEmpty()) {
                long after = version++;
                all.add(announcement(new Changes(after, seats, left)));
            }
        }
        unannounced.clear();
    }

    private void announceWhole(List<Announcement> all) {
        List<List<Seat>> parts = parts(
                here.seats().stream().filter(seat -> crosses(seat.place())).toList());
        if (parts.isEmpty()) {
            parts = List.of(List.of());
        }
        for (int i = 0; i < parts.size(); i++) {
            all.add(announcement(new Whole(i, parts.size(), parts.get(i))));
        }
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PART) {
            parts.add(all.subList(from, Math.min(from + PART, all.size())));
        }
        return parts;
    }

    /** This node stops: it says so and then nothing more. */
    Announcement goodbye() {
        gone = true;
        return announcement(new Goodbye());
    }

    private Announcement announcement(News news) {
        return new Announcement(node, life, version, news);
    }
}
